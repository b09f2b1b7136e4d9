-- How likely each part of a statement is to be right (domain.Statement.certainty).

ALTER TABLE statements ADD COLUMN certainty TEXT NOT NULL DEFAULT '[]';
