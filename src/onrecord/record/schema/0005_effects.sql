-- Derived: what came of each decision when the record was last linked. The columns are those of
-- `Effect` in onrecord/decisions.py.
CREATE TABLE effects (
    decision TEXT PRIMARY KEY REFERENCES decisions (id),
    state TEXT NOT NULL,
    things TEXT NOT NULL,
    machine TEXT NOT NULL,
    likeness REAL
) WITHOUT ROWID;

-- Derived: the statements that somebody gave another speaker, or none.
CREATE TABLE given_speakers (
    statement TEXT PRIMARY KEY REFERENCES statements (id) ON DELETE CASCADE,
    speaker TEXT,
    speaker_name TEXT,
    unresolved TEXT NOT NULL
) WITHOUT ROWID;

DROP VIEW statement_speakers;

-- Who said a statement: whoever it was given to; or the speaker of its utterance; or else whoever
-- its name stands for.
CREATE VIEW statement_speakers AS
SELECT member.statement AS statement, utterances.speaker AS actor
FROM utterance_statements AS member
JOIN utterances ON utterances.id = member.utterance
WHERE utterances.speaker IS NOT NULL
    AND member.statement NOT IN (SELECT statement FROM given_speakers)
UNION
SELECT s.id, actor_mentions.actor
FROM statements AS s
LEFT JOIN given_speakers AS g ON g.statement = s.id
JOIN actor_mentions
    ON actor_mentions.report = s.report
    AND actor_mentions.name = iif(g.statement IS NULL, s.speaker_name, g.speaker_name)
WHERE g.statement IS NOT NULL
    OR NOT EXISTS (
        SELECT 1
        FROM utterance_statements AS member
        JOIN utterances ON utterances.id = member.utterance
        WHERE member.statement = s.id AND utterances.speaker IS NOT NULL
    );
