-- +goose Up

-- How far the reading of an archive has come.
CREATE TABLE bookmark (
  name  TEXT PRIMARY KEY,
  place TEXT NOT NULL,                -- the reader's own JSON
  at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What was purged and is not to be stored again, by hash.
CREATE TABLE tombstone (
  key   TEXT PRIMARY KEY,
  kind  TEXT NOT NULL,                -- article or person
  words INTEGER NOT NULL,             -- of a person's name
  at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX tombstone_person ON tombstone (key) WHERE kind = 'person';

-- A backfill's part of the frontier.
CREATE INDEX link_backfill ON link (source, host, priority DESC, due) WHERE origin = 'backfill' AND due > 0;

-- Since when a raw page is kept.
ALTER TABLE page ADD COLUMN kept INTEGER NOT NULL DEFAULT 0;
CREATE INDEX article_body ON article (body) WHERE body IS NOT NULL;
UPDATE page SET kept = coalesce((SELECT max(saved) FROM article WHERE body = hash), 0);
CREATE INDEX page_kept ON page (kept);

-- +goose Down
SELECT 1;
