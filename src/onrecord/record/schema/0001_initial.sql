-- Three layers. Observed: what was read, written once per report. Derived: what linking made of it,
-- replaced where it changed. Decided: what people said of it, only ever added to.
-- JSON columns hold the nested values of domain.py, vectors are little-endian float32.

CREATE TABLE migrations (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    applied_at TEXT NOT NULL
);

CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- Observed ------------------------------------------------------------------------------------

CREATE TABLE reports (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    path TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    text TEXT NOT NULL,
    language TEXT NOT NULL,
    zones TEXT NOT NULL,
    title TEXT,
    outlet TEXT,
    published TEXT,
    published_basis TEXT,
    url TEXT,
    key TEXT,
    kind TEXT NOT NULL,
    credits TEXT NOT NULL,
    newer_version_of TEXT REFERENCES reports (id),
    superseded_by TEXT REFERENCES reports (id),
    stored_at TEXT NOT NULL
);
CREATE INDEX reports_by_key ON reports (key) WHERE key IS NOT NULL;
CREATE INDEX reports_by_published ON reports (published, id);

CREATE TABLE taggings (
    report TEXT PRIMARY KEY REFERENCES reports (id),
    model TEXT NOT NULL,
    attributions TEXT NOT NULL,
    names TEXT NOT NULL,
    vector BLOB,
    attribution_vectors BLOB NOT NULL
);

-- `words`, `start` and `speaker_name` repeat parts of `content` and `speaker` that are looked up.
CREATE TABLE statements (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    report TEXT NOT NULL REFERENCES reports (id),
    kind TEXT NOT NULL,
    content TEXT NOT NULL,
    cue TEXT,
    source TEXT,
    speaker TEXT,
    via TEXT NOT NULL,
    addressee TEXT,
    channel TEXT,
    place TEXT,
    said_on TEXT,
    said_on_basis TEXT,
    act TEXT,
    confidence REAL NOT NULL CHECK (typeof(confidence) = 'real'),
    unresolved TEXT NOT NULL,
    vector BLOB,
    words TEXT NOT NULL,
    start INTEGER NOT NULL,
    speaker_name TEXT
);
CREATE INDEX statements_by_report ON statements (report, start, id);
CREATE INDEX statements_by_speaker ON statements (speaker_name, report);

CREATE TABLE failures (
    path TEXT NOT NULL,
    stage TEXT NOT NULL,
    reason TEXT NOT NULL,
    report TEXT,
    at TEXT NOT NULL
);
CREATE UNIQUE INDEX failures_once ON failures (path, stage, coalesce(report, ''));

-- Derived -------------------------------------------------------------------------------------
-- `digest` is the content hash of the thing that the row (with its child rows) stands for.

CREATE TABLE actors (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    descriptions TEXT NOT NULL,
    wikidata TEXT,
    digest TEXT NOT NULL
);

CREATE TABLE actor_names (
    number INTEGER PRIMARY KEY,
    actor TEXT NOT NULL REFERENCES actors (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    language TEXT NOT NULL,
    name TEXT NOT NULL,
    UNIQUE (actor, position)
);

CREATE TABLE actor_mentions (
    report TEXT NOT NULL REFERENCES reports (id),
    name TEXT NOT NULL,
    actor TEXT NOT NULL REFERENCES actors (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    PRIMARY KEY (report, name)
) WITHOUT ROWID;
CREATE INDEX actor_mentions_by_actor ON actor_mentions (actor, position);

CREATE TABLE stories (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    languages TEXT NOT NULL,
    first TEXT,
    last TEXT,
    storyline TEXT NOT NULL REFERENCES stories (id) DEFERRABLE INITIALLY DEFERRED,
    digest TEXT NOT NULL
);
CREATE INDEX stories_by_storyline ON stories (storyline);

CREATE TABLE story_reports (
    story TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    report TEXT NOT NULL REFERENCES reports (id),
    PRIMARY KEY (story, position)
) WITHOUT ROWID;
CREATE INDEX story_reports_by_report ON story_reports (report);

CREATE TABLE utterances (
    id TEXT PRIMARY KEY,
    speaker TEXT REFERENCES actors (id) DEFERRABLE INITIALLY DEFERRED,
    said_on TEXT,
    best TEXT NOT NULL REFERENCES statements (id) DEFERRABLE INITIALLY DEFERRED,
    story TEXT REFERENCES stories (id) DEFERRABLE INITIALLY DEFERRED,
    repeats TEXT REFERENCES utterances (id) DEFERRABLE INITIALLY DEFERRED,
    digest TEXT NOT NULL
);
CREATE INDEX utterances_by_speaker ON utterances (speaker);
CREATE INDEX utterances_by_story ON utterances (story);
CREATE INDEX utterances_by_best ON utterances (best);
CREATE INDEX utterances_by_repeats ON utterances (repeats);

CREATE TABLE utterance_statements (
    utterance TEXT NOT NULL REFERENCES utterances (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    statement TEXT NOT NULL REFERENCES statements (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (utterance, position)
) WITHOUT ROWID;
CREATE INDEX utterance_statements_by_statement ON utterance_statements (statement);

CREATE TABLE renderings (
    utterance TEXT NOT NULL REFERENCES utterances (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    statement TEXT NOT NULL REFERENCES statements (id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL,
    spans TEXT NOT NULL,
    flags TEXT NOT NULL,
    differences TEXT NOT NULL,
    score REAL NOT NULL CHECK (typeof(score) = 'real'),
    PRIMARY KEY (utterance, position)
) WITHOUT ROWID;
CREATE INDEX renderings_by_statement ON renderings (statement);

CREATE TABLE possible (
    utterance TEXT NOT NULL REFERENCES utterances (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    other TEXT NOT NULL REFERENCES utterances (id) DEFERRABLE INITIALLY DEFERRED,
    score REAL NOT NULL CHECK (typeof(score) = 'real'),
    PRIMARY KEY (utterance, position)
) WITHOUT ROWID;
CREATE INDEX possible_by_other ON possible (other);

CREATE TABLE answers (
    digest TEXT PRIMARY KEY,
    utterance TEXT NOT NULL REFERENCES utterances (id) DEFERRABLE INITIALLY DEFERRED,
    "to" TEXT REFERENCES utterances (id) DEFERRABLE INITIALLY DEFERRED,
    to_actor TEXT NOT NULL REFERENCES actors (id) DEFERRABLE INITIALLY DEFERRED,
    statement TEXT NOT NULL REFERENCES statements (id) DEFERRABLE INITIALLY DEFERRED,
    words TEXT NOT NULL
);
CREATE INDEX answers_by_utterance ON answers (utterance);
CREATE INDEX answers_by_to ON answers ("to");
CREATE INDEX answers_by_to_actor ON answers (to_actor);
CREATE INDEX answers_by_statement ON answers (statement);

-- Who said a statement: the speaker of its utterance, or else whoever its printed name stands for.
CREATE VIEW statement_speakers AS
SELECT member.statement AS statement, utterances.speaker AS actor
FROM utterance_statements AS member
JOIN utterances ON utterances.id = member.utterance
WHERE utterances.speaker IS NOT NULL
UNION
SELECT statements.id, actor_mentions.actor
FROM statements
JOIN actor_mentions
    ON actor_mentions.report = statements.report AND actor_mentions.name = statements.speaker_name
WHERE NOT EXISTS (
    SELECT 1
    FROM utterance_statements AS member
    JOIN utterances ON utterances.id = member.utterance
    WHERE member.statement = statements.id AND utterances.speaker IS NOT NULL
);

-- Decided -------------------------------------------------------------------------------------

CREATE TABLE decisions (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('merge', 'split', 'assign', 'undo')),
    payload TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    why TEXT NOT NULL
);
CREATE TRIGGER decisions_stay BEFORE UPDATE ON decisions
BEGIN
    SELECT raise(ABORT, 'decisions are only ever added');
END;
CREATE TRIGGER decisions_remain BEFORE DELETE ON decisions
BEGIN
    SELECT raise(ABORT, 'decisions are only ever added');
END;

-- Search --------------------------------------------------------------------------------------
-- The texts stay in their own tables; the triggers keep the indexes in step with them.

CREATE VIRTUAL TABLE report_search USING fts5 (
    title, text, content = 'reports', content_rowid = 'number',
    tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER report_search_insert AFTER INSERT ON reports
BEGIN
    INSERT INTO report_search (rowid, title, text) VALUES (new.number, new.title, new.text);
END;
CREATE TRIGGER report_search_update AFTER UPDATE OF title, text ON reports
BEGIN
    INSERT INTO report_search (report_search, rowid, title, text)
    VALUES ('delete', old.number, old.title, old.text);
    INSERT INTO report_search (rowid, title, text) VALUES (new.number, new.title, new.text);
END;

CREATE VIRTUAL TABLE statement_search USING fts5 (
    words, content = 'statements', content_rowid = 'number',
    tokenize = 'unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE statement_trigrams USING fts5 (
    words, content = 'statements', content_rowid = 'number', tokenize = 'trigram'
);
CREATE TRIGGER statement_search_insert AFTER INSERT ON statements
BEGIN
    INSERT INTO statement_search (rowid, words) VALUES (new.number, new.words);
    INSERT INTO statement_trigrams (rowid, words) VALUES (new.number, new.words);
END;
CREATE TRIGGER statement_search_update AFTER UPDATE OF words ON statements
BEGIN
    INSERT INTO statement_search (statement_search, rowid, words)
    VALUES ('delete', old.number, old.words);
    INSERT INTO statement_search (rowid, words) VALUES (new.number, new.words);
    INSERT INTO statement_trigrams (statement_trigrams, rowid, words)
    VALUES ('delete', old.number, old.words);
    INSERT INTO statement_trigrams (rowid, words) VALUES (new.number, new.words);
END;
CREATE TRIGGER statement_search_delete AFTER DELETE ON statements
BEGIN
    INSERT INTO statement_search (statement_search, rowid, words)
    VALUES ('delete', old.number, old.words);
    INSERT INTO statement_trigrams (statement_trigrams, rowid, words)
    VALUES ('delete', old.number, old.words);
END;

CREATE VIRTUAL TABLE actor_search USING fts5 (
    name, content = 'actor_names', content_rowid = 'number',
    tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER actor_search_insert AFTER INSERT ON actor_names
BEGIN
    INSERT INTO actor_search (rowid, name) VALUES (new.number, new.name);
END;
CREATE TRIGGER actor_search_delete AFTER DELETE ON actor_names
BEGIN
    INSERT INTO actor_search (actor_search, rowid, name) VALUES ('delete', old.number, old.name);
END;
