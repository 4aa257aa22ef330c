-- +goose Up
-- How the outlets do. Counts by the hour (Unix time / 3600), kept for four weeks.
CREATE TABLE source_hour (
  source TEXT NOT NULL,
  hour   INTEGER NOT NULL,
  name   TEXT NOT NULL,
  n      INTEGER NOT NULL,
  PRIMARY KEY (source, hour, name)
) STRICT, WITHOUT ROWID;

-- '' as host stands for the outlet itself.
CREATE TABLE source_host (
  source TEXT NOT NULL,
  host   TEXT NOT NULL,
  yield  INTEGER NOT NULL DEFAULT 0,  -- the last new article
  robots TEXT NOT NULL DEFAULT '',
  pace   INTEGER NOT NULL DEFAULT 0,  -- milliseconds
  rest   INTEGER NOT NULL DEFAULT 0,
  seen   INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (source, host)
) STRICT, WITHOUT ROWID;

CREATE TABLE source_finding (
  source TEXT NOT NULL,
  about  TEXT NOT NULL,
  kind   TEXT NOT NULL,
  detail TEXT NOT NULL,
  first  INTEGER NOT NULL,
  last   INTEGER NOT NULL,
  times  INTEGER NOT NULL,
  PRIMARY KEY (source, about, kind)
) STRICT, WITHOUT ROWID;

-- Questions over all links read them in their own order; each index costs every
-- insert and every outcome a page.
DROP INDEX link_soonest;
DROP INDEX link_source;

-- +goose Down
SELECT 1;
