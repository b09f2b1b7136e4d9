-- Whom each pronoun may stand for, as the encoder sees it (domain.Tagging.references).

ALTER TABLE taggings ADD COLUMN pronouns TEXT NOT NULL DEFAULT '[]';
