-- +goose Up
-- Instants are Unix milliseconds, 0 for none. JSON is kept as text.

CREATE TABLE article (
  seq        INTEGER PRIMARY KEY,     -- the row of article_text
  id         TEXT NOT NULL UNIQUE,
  saved      INTEGER NOT NULL,
  source     TEXT NOT NULL,
  page_type  TEXT NOT NULL,
  published  TEXT NOT NULL,
  content    TEXT NOT NULL,           -- signature of what the extractor reads
  origin     TEXT NOT NULL,
  extracted  TEXT NOT NULL DEFAULT '', -- pack that read this content; '' is not yet, '-' is nothing to read
  body       TEXT,                    -- hash of the raw page
  print      INTEGER NOT NULL,        -- simhash of the text, 0 when not known
  json       TEXT NOT NULL
) STRICT;
CREATE INDEX article_saved ON article (saved DESC, id);
CREATE INDEX article_waiting ON article (id) WHERE extracted = '';

-- A raw page, content-addressed, compressed with zstd.
CREATE TABLE page (
  hash TEXT PRIMARY KEY,
  meta TEXT NOT NULL,
  zstd BLOB NOT NULL
) STRICT;

CREATE TABLE record (
  id       TEXT PRIMARY KEY,
  article  TEXT NOT NULL REFERENCES article (id),
  n        INTEGER NOT NULL,  -- place in the article, from 0
  event    TEXT NOT NULL,
  part     TEXT NOT NULL,     -- records joined by likeness over any number of steps: what is resolved together
  url      TEXT NOT NULL,
  source   TEXT NOT NULL,
  published TEXT NOT NULL,
  story    TEXT NOT NULL,
  reprint  TEXT NOT NULL,
  print    INTEGER NOT NULL,
  title    TEXT NOT NULL,     -- of the article
  terms    TEXT NOT NULL,     -- the names that the article uses
  json     TEXT NOT NULL
) STRICT;
CREATE INDEX record_article ON record (article, n);
CREATE INDEX record_part ON record (part);
CREATE INDEX record_event ON record (event);

-- The keys under which records of one meeting find each other.
CREATE TABLE record_key (
  key    TEXT NOT NULL,
  record TEXT NOT NULL REFERENCES record (id) ON DELETE CASCADE,
  PRIMARY KEY (key, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_key_record ON record_key (record);

CREATE TABLE event (
  seq      INTEGER PRIMARY KEY, -- the row of event_text
  id       TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  sent     INTEGER NOT NULL,  -- 1 once its "new" message was written
  salience TEXT NOT NULL,
  merged   TEXT NOT NULL DEFAULT '',
  kind     TEXT NOT NULL,
  level    TEXT NOT NULL,
  series   TEXT NOT NULL,
  status   TEXT NOT NULL,
  start    TEXT NOT NULL,
  until    TEXT NOT NULL,     -- end, or start
  json     TEXT NOT NULL
) STRICT;
CREATE INDEX event_start ON event (start DESC, id) WHERE merged = '';
CREATE INDEX event_series ON event (series, start DESC) WHERE series <> '';

-- What events are filtered by beside their own columns: place, country, official, source.
CREATE TABLE event_facet (
  event TEXT NOT NULL REFERENCES event (id) ON DELETE CASCADE,
  facet TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (facet, value, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_facet_event ON event_facet (event);

CREATE TABLE revision (
  event    TEXT NOT NULL,
  revision INTEGER NOT NULL,
  json     TEXT NOT NULL,
  PRIMARY KEY (event, revision)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
  row     INTEGER PRIMARY KEY AUTOINCREMENT,
  subject TEXT NOT NULL,
  msg     TEXT NOT NULL UNIQUE,
  body    BLOB,               -- dropped for articles once sent: they are sent again from the article
  sent    INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX outbox_unsent ON outbox (row) WHERE sent = 0;

CREATE TABLE letter (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  stage   TEXT NOT NULL,
  subject TEXT NOT NULL,
  msg     TEXT NOT NULL,
  body    BLOB NOT NULL,
  reason  TEXT NOT NULL,
  tries   INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  UNIQUE (stage, subject, msg)
) STRICT;

CREATE TABLE host (
  name   TEXT PRIMARY KEY,
  token  INTEGER NOT NULL DEFAULT 0,
  worker TEXT NOT NULL DEFAULT '',
  until  INTEGER NOT NULL DEFAULT 0,  -- of the lease
  at     INTEGER NOT NULL DEFAULT 0,  -- the instant of the last fetch reserved
  free   INTEGER NOT NULL DEFAULT 0,  -- no fetch before, by the pace
  rest   INTEGER NOT NULL DEFAULT 0,  -- no fetch before, by what the host asked for or its being down
  memo   BLOB
) STRICT;

CREATE TABLE link (
  url       TEXT PRIMARY KEY,
  host      TEXT NOT NULL,
  source    TEXT NOT NULL,
  kind      TEXT NOT NULL,
  priority  INTEGER NOT NULL,
  due       INTEGER NOT NULL,          -- 0: never
  via       TEXT NOT NULL,
  hops      INTEGER NOT NULL,
  published INTEGER NOT NULL,
  modified  INTEGER NOT NULL,
  origin    TEXT NOT NULL,
  added     INTEGER NOT NULL,
  fetched   INTEGER NOT NULL DEFAULT 0,
  changed   INTEGER NOT NULL DEFAULT 0,
  interval  INTEGER NOT NULL DEFAULT 0,
  fetches   INTEGER NOT NULL DEFAULT 0,
  failures  INTEGER NOT NULL DEFAULT 0,
  etag      TEXT NOT NULL DEFAULT '',
  last_modified TEXT NOT NULL DEFAULT '',
  signature TEXT NOT NULL DEFAULT '',
  result    TEXT NOT NULL DEFAULT '',
  class     TEXT NOT NULL DEFAULT '',
  status    INTEGER NOT NULL DEFAULT 0,
  target    TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE INDEX link_due ON link (host, priority DESC, due) WHERE due > 0;
CREATE INDEX link_soonest ON link (host, due) WHERE due > 0;
CREATE INDEX link_source ON link (source);

-- Full text over words folded by our own code (unicode61 does not fold đ).
-- The words themselves are not kept a second time.
CREATE VIRTUAL TABLE article_text USING fts5 (words, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0');
CREATE VIRTUAL TABLE event_text USING fts5 (words, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0');

-- +goose Down
SELECT 1;
