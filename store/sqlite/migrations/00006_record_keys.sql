-- +goose Up
-- Records by number, with the keys under which they are found as integers: less
-- to write, and what is told at one time lies together. The keys are worked out
-- by our own code when the store is opened next: see rekey.go.

CREATE TABLE record_new (
  seq      INTEGER PRIMARY KEY,
  id       TEXT NOT NULL UNIQUE,
  article  TEXT NOT NULL REFERENCES article (id),
  n        INTEGER NOT NULL,
  event    TEXT NOT NULL,
  part     TEXT NOT NULL,
  url      TEXT NOT NULL,
  source   TEXT NOT NULL,
  published TEXT NOT NULL,
  story    TEXT NOT NULL,
  reprint  TEXT NOT NULL,
  print    INTEGER NOT NULL,
  title    TEXT NOT NULL,
  terms    TEXT NOT NULL,
  json     TEXT NOT NULL,
  keys     BLOB                        -- its keys, 8 bytes each; NULL until they are worked out
) STRICT;
INSERT INTO record_new (id, article, n, event, part, url, source, published, story, reprint, print, title, terms, json)
  SELECT id, article, n, event, part, url, source, published, story, reprint, print, title, terms, json FROM record ORDER BY rowid;
DROP TABLE record_key;
DROP TABLE record;
ALTER TABLE record_new RENAME TO record;
CREATE INDEX record_article ON record (article, n);
CREATE INDEX record_part ON record (part);
CREATE INDEX record_event ON record (event);
CREATE INDEX record_unkeyed ON record (seq) WHERE keys IS NULL;

CREATE TABLE record_key (
  key    INTEGER NOT NULL,
  record INTEGER NOT NULL,             -- seq; deleted by the record's own list
  PRIMARY KEY (key, record)
) STRICT, WITHOUT ROWID;

-- +goose Down
SELECT 1;
