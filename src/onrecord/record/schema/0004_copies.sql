-- Derived: reports whose text other reports have too (domain.Copy).

CREATE TABLE copies (
    report TEXT PRIMARY KEY REFERENCES reports (id),
    family TEXT NOT NULL,
    original TEXT REFERENCES reports (id),
    agency TEXT,
    share REAL NOT NULL CHECK (typeof(share) = 'real'),
    reason TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX copies_by_family ON copies (family);
CREATE INDEX copies_by_original ON copies (original) WHERE original IS NOT NULL;
