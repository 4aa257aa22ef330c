-- +goose Up
-- Instants are Unix milliseconds, 0 for none. Text that is ordered or looked up
-- is compared byte by byte (COLLATE "C"), whatever the database's locale: days,
-- cursors and keys rely on it. JSON is kept as it was written.

CREATE TABLE article (
  id         text COLLATE "C" PRIMARY KEY,
  saved      bigint NOT NULL,
  source     text COLLATE "C" NOT NULL,
  page_type  text COLLATE "C" NOT NULL,
  published  text COLLATE "C" NOT NULL,
  content    text COLLATE "C" NOT NULL,            -- signature of what the extractor reads
  origin     text COLLATE "C" NOT NULL,
  extracted  text COLLATE "C" NOT NULL DEFAULT '', -- pack that read this content; '' is not yet, '-' is nothing to read
  body       text COLLATE "C",                     -- hash of the raw page
  print      bigint NOT NULL,                      -- simhash of the text, 0 when not known
  json       json NOT NULL,
  words      tsvector NOT NULL                     -- of title and text, folded by our own code
);
CREATE INDEX article_saved ON article (page_type, saved DESC, id);
CREATE INDEX article_source ON article (source, page_type, saved DESC, id);
CREATE INDEX article_waiting ON article (id) WHERE extracted = '';
CREATE INDEX article_words ON article USING gin (words);

-- A raw page, content-addressed, compressed with zstd.
CREATE TABLE page (
  hash text COLLATE "C" PRIMARY KEY,
  meta json NOT NULL,
  zstd bytea NOT NULL
);
ALTER TABLE page ALTER COLUMN zstd SET STORAGE EXTERNAL;

CREATE TABLE record (
  id        text COLLATE "C" PRIMARY KEY,
  version   bigint GENERATED ALWAYS AS IDENTITY,   -- another one when an article's record is written anew
  article   text COLLATE "C" NOT NULL REFERENCES article (id),
  n         integer NOT NULL,                      -- place in the article, from 0
  event     text COLLATE "C" NOT NULL,
  part      text COLLATE "C" NOT NULL,             -- records joined by likeness over any number of steps: what is resolved together
  url       text NOT NULL,
  source    text NOT NULL,
  published text NOT NULL,
  story     text NOT NULL,
  reprint   text NOT NULL,
  print     bigint NOT NULL,
  title     text NOT NULL,                         -- of the article
  terms     text NOT NULL,                         -- the names that the article uses
  json      json NOT NULL
);
CREATE INDEX record_article ON record (article, n);
CREATE INDEX record_part ON record (part);
CREATE INDEX record_event ON record (event);

-- The keys under which records of one meeting find each other. They are written
-- and deleted with their record; a foreign key would be checked 40 times a record.
CREATE TABLE record_key (
  key    text COLLATE "C" NOT NULL,
  record text COLLATE "C" NOT NULL,
  PRIMARY KEY (key, record)
);
CREATE INDEX record_key_record ON record_key (record);

CREATE TABLE event (
  id       text COLLATE "C" PRIMARY KEY,
  revision integer NOT NULL,
  sent     boolean NOT NULL,                       -- its "new" message was written
  salience text COLLATE "C" NOT NULL,
  merged   text COLLATE "C" NOT NULL DEFAULT '',
  kind     text COLLATE "C" NOT NULL,
  level    text COLLATE "C" NOT NULL,
  series   text COLLATE "C" NOT NULL,
  status   text COLLATE "C" NOT NULL,
  start    text COLLATE "C" NOT NULL,
  until    text COLLATE "C" NOT NULL,              -- end, or start
  json     json NOT NULL,
  words    tsvector NOT NULL
);
CREATE INDEX event_start ON event (start DESC, id) WHERE merged = '';
CREATE INDEX event_series ON event (series, start DESC, id) WHERE series <> '';
CREATE INDEX event_kind ON event (kind, start DESC, id) WHERE merged = '';
CREATE INDEX event_words ON event USING gin (words);

-- What events are filtered by beside their own columns: place, country, official, source.
CREATE TABLE event_facet (
  event text COLLATE "C" NOT NULL REFERENCES event (id) ON DELETE CASCADE,
  facet text COLLATE "C" NOT NULL,
  value text COLLATE "C" NOT NULL,
  words tsvector NOT NULL,                         -- of the value
  PRIMARY KEY (facet, value, event)
);
CREATE INDEX event_facet_event ON event_facet (event);
CREATE INDEX event_facet_words ON event_facet USING gin (words);

CREATE TABLE revision (
  event    text COLLATE "C" NOT NULL,
  revision integer NOT NULL,
  json     json NOT NULL,
  PRIMARY KEY (event, revision)
);

CREATE TABLE outbox (
  row     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  subject text COLLATE "C" NOT NULL,
  msg     text COLLATE "C" NOT NULL UNIQUE,
  body    bytea,                                   -- dropped for articles once sent: they are sent again from the article
  sent    bigint NOT NULL DEFAULT 0                -- -1: buried
);
CREATE INDEX outbox_unsent ON outbox (row) WHERE sent = 0;

CREATE TABLE letter (
  id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  stage   text COLLATE "C" NOT NULL,
  subject text COLLATE "C" NOT NULL,
  msg     text COLLATE "C" NOT NULL,
  body    bytea NOT NULL,
  reason  text NOT NULL,
  tries   integer NOT NULL,
  at      bigint NOT NULL,
  UNIQUE (stage, subject, msg)
);

-- Hosts are updated with every fetch; none of what changes is indexed, so that
-- the row stays where it is.
CREATE TABLE host (
  name   text COLLATE "C" PRIMARY KEY,
  token  bigint NOT NULL DEFAULT 0,
  worker text NOT NULL DEFAULT '',
  holder bigint NOT NULL DEFAULT 0,                -- the process of the lease: see presence.go
  until  bigint NOT NULL DEFAULT 0,                -- of the lease; like the three below by the database's clock
  at     bigint NOT NULL DEFAULT 0,                -- the instant of the last fetch reserved
  free   bigint NOT NULL DEFAULT 0,                -- no fetch before, by the pace
  rest   bigint NOT NULL DEFAULT 0,                -- no fetch before, by what the host asked for or its being down
  memo   bytea
) WITH (fillfactor = 50);

CREATE TABLE link (
  key       uuid PRIMARY KEY,                      -- hash of the URL, which may be too long for an index
  url       text NOT NULL,
  host      text COLLATE "C" NOT NULL,
  source    text COLLATE "C" NOT NULL,
  kind      text NOT NULL,
  priority  integer NOT NULL,
  due       bigint NOT NULL,                       -- by the crawler's clock; 0: never
  via       text NOT NULL,
  hops      integer NOT NULL,
  published bigint NOT NULL,
  modified  bigint NOT NULL,
  origin    text NOT NULL,
  added     bigint NOT NULL,
  fetched   bigint NOT NULL DEFAULT 0,
  changed   bigint NOT NULL DEFAULT 0,
  interval  bigint NOT NULL DEFAULT 0,
  fetches   integer NOT NULL DEFAULT 0,
  failures  integer NOT NULL DEFAULT 0,
  etag      text NOT NULL DEFAULT '',
  last_modified text NOT NULL DEFAULT '',
  signature text NOT NULL DEFAULT '',
  result    text NOT NULL DEFAULT '',
  class     text NOT NULL DEFAULT '',
  status    integer NOT NULL DEFAULT 0,
  target    text NOT NULL DEFAULT ''
);
CREATE INDEX link_due ON link (host, priority DESC, due, key) WHERE due > 0;
CREATE INDEX link_soonest ON link (host, due) WHERE due > 0;

-- The clock of leases, paces and what is sent, one for all processes; the same instant
-- throughout a statement.
CREATE FUNCTION now_ms () RETURNS bigint LANGUAGE sql STABLE
  AS $$ SELECT (extract(epoch FROM statement_timestamp()) * 1000)::bigint $$;

-- +goose Down
DROP TABLE link, host, letter, outbox, revision, event_facet, event, record_key, record, page, article;
DROP FUNCTION now_ms;
