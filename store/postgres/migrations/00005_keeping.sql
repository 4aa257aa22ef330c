-- +goose Up

-- How far the reading of an archive has come.
CREATE TABLE bookmark (
  name  text COLLATE "C" PRIMARY KEY,
  place json NOT NULL,                             -- the reader's own
  at    bigint NOT NULL
);

-- What was purged and is not to be stored again, by hash.
CREATE TABLE tombstone (
  key   text COLLATE "C" PRIMARY KEY,
  kind  text COLLATE "C" NOT NULL,                 -- article or person
  words integer NOT NULL,                          -- of a person's name
  at    bigint NOT NULL
);
CREATE INDEX tombstone_person ON tombstone (key) WHERE kind = 'person';

-- A backfill's part of the frontier.
CREATE INDEX link_backfill ON link (source, host, priority DESC, due, key) WHERE origin = 'backfill' AND due > 0;

-- Since when a raw page is kept.
ALTER TABLE page ADD COLUMN kept bigint NOT NULL DEFAULT 0;
CREATE INDEX article_body ON article (body) WHERE body IS NOT NULL;
UPDATE page SET kept = coalesce((SELECT max(saved) FROM article WHERE body = hash), 0);
CREATE INDEX page_kept ON page (kept);

-- +goose Down
DROP INDEX article_body, link_backfill;
ALTER TABLE page DROP COLUMN kept;
DROP TABLE tombstone, bookmark;
