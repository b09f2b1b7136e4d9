-- Imported: the people and organisations of lists that somebody has, which anchor actors. They stay
-- when everything derived is derived again. The columns are those of `KnownActor` in
-- onrecord/domain.py; `added_at` is UTC.
CREATE TABLE people (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    aliases TEXT NOT NULL,
    weak_aliases TEXT NOT NULL,
    wikidata TEXT,
    positions TEXT NOT NULL,
    countries TEXT NOT NULL,
    added_at TEXT NOT NULL
) WITHOUT ROWID;

-- Why a mention is of an actor, where it isn't simply a spelling of the name.
ALTER TABLE actors ADD COLUMN reasons TEXT NOT NULL DEFAULT '[]';
