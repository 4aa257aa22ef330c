-- +goose Up
-- Who may read events.
CREATE TABLE analyst (
  name    TEXT PRIMARY KEY,
  hash    TEXT NOT NULL UNIQUE,       -- of the token
  created INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE search (
  name    TEXT PRIMARY KEY,
  spec    TEXT NOT NULL,
  created INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What is to be pushed, and what was: then sent is set and the body empty.
CREATE TABLE push (
  row    INTEGER PRIMARY KEY AUTOINCREMENT,
  search TEXT NOT NULL,
  id     TEXT NOT NULL,
  body   TEXT NOT NULL,
  due    INTEGER NOT NULL,
  tries  INTEGER NOT NULL DEFAULT 0,
  sent   INTEGER NOT NULL DEFAULT 0,
  UNIQUE (search, id)
) STRICT;
CREATE INDEX push_due ON push (due) WHERE sent = 0;
CREATE INDEX push_sent ON push (sent) WHERE sent > 0;

-- +goose Down
SELECT 1;
