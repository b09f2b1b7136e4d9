-- Derived: when something was said, from other reports of its story (domain.InferredDate).

CREATE TABLE inferred_dates (
    statement TEXT PRIMARY KEY REFERENCES statements (id) ON DELETE CASCADE,
    said_on TEXT,
    basis TEXT,
    unresolved TEXT
) WITHOUT ROWID;

-- A record from before this table has links without them.
UPDATE meta SET value = 'due' WHERE name = 'linking';
