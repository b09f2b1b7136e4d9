-- Derived: what keeps the cost of adding a report from growing with the record. Reports that share a
-- key are compared, and related where they are alike enough or print the same words; what relations
-- of kind "affair" join, over any number of steps, is an affair, and is linked by itself. Those of
-- kind "storyline" join the stories of several affairs.

-- Reports that are new or have changed since their affair was last linked.
CREATE TABLE due (
    report TEXT PRIMARY KEY REFERENCES reports (id)
) WITHOUT ROWID;

CREATE TABLE report_keys (
    key TEXT NOT NULL,
    report TEXT NOT NULL REFERENCES reports (id),
    PRIMARY KEY (key, report)
) WITHOUT ROWID;
CREATE INDEX report_keys_by_report ON report_keys (report);

CREATE TABLE related (
    one TEXT NOT NULL REFERENCES reports (id),
    other TEXT NOT NULL REFERENCES reports (id),
    kind TEXT NOT NULL CHECK (kind IN ('affair', 'storyline')),
    PRIMARY KEY (one, other)
) WITHOUT ROWID;

-- The actors of each affair by itself. Those of several affairs that have a key in common are
-- compared, and `actor` is the one of the whole record that they turn out to be. `affair` is the
-- least id of its reports, `first_date` and `first_report` tell where somebody is first met.
CREATE TABLE local_actors (
    id TEXT PRIMARY KEY,
    affair TEXT NOT NULL,
    first_date TEXT NOT NULL,
    first_report TEXT NOT NULL REFERENCES reports (id),
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    names TEXT NOT NULL,
    counts TEXT NOT NULL,
    descriptions TEXT NOT NULL,
    wikidata TEXT,
    reasons TEXT NOT NULL,
    digest TEXT NOT NULL,
    actor TEXT REFERENCES actors (id) DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;
CREATE INDEX local_actors_by_actor ON local_actors (actor);

CREATE TABLE local_actor_keys (
    key TEXT NOT NULL,
    local_actor TEXT NOT NULL REFERENCES local_actors (id) ON DELETE CASCADE,
    PRIMARY KEY (key, local_actor)
) WITHOUT ROWID;
CREATE INDEX local_actor_keys_by_actor ON local_actor_keys (local_actor);

CREATE TABLE local_mentions (
    report TEXT NOT NULL REFERENCES reports (id),
    name TEXT NOT NULL,
    local_actor TEXT NOT NULL REFERENCES local_actors (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    PRIMARY KEY (report, name)
) WITHOUT ROWID;
CREATE INDEX local_mentions_by_actor ON local_mentions (local_actor, position);

-- The column `reasons` of actors is out of use: they are those of the local actors.
DROP TABLE actor_mentions;
CREATE VIEW actor_mentions AS
SELECT m.report, m.name, l.actor,
    l.first_date || ' ' || l.first_report || ' ' || l.id || printf(' %08d', m.position) AS position
FROM local_mentions AS m JOIN local_actors AS l ON l.id = m.local_actor;

-- The storyline in the affair; `storyline` follows from it.
ALTER TABLE stories ADD COLUMN line TEXT;
CREATE INDEX stories_by_line ON stories (line);

-- Who speaks and who is answered, in the affair; `speaker` and `to_actor` follow from these.
ALTER TABLE utterances ADD COLUMN voice TEXT;
CREATE INDEX utterances_by_voice ON utterances (voice);
ALTER TABLE answers ADD COLUMN to_voice TEXT;
CREATE INDEX answers_by_voice ON answers (to_voice);

-- A record from before this has links that nobody can take up again.
DELETE FROM answers;
DELETE FROM utterances;
DELETE FROM stories;
DELETE FROM actors;
INSERT INTO due SELECT id FROM reports;
UPDATE meta SET value = 'due' WHERE name = 'linking';
