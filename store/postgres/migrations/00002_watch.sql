-- +goose Up
-- How the outlets do. Counts by the hour (Unix time / 3600), kept for four weeks.
CREATE TABLE source_hour (
  source text NOT NULL,
  hour   bigint NOT NULL,
  name   text NOT NULL,
  n      bigint NOT NULL,
  PRIMARY KEY (source, hour, name)
);

-- '' as host stands for the outlet itself.
CREATE TABLE source_host (
  source text NOT NULL,
  host   text NOT NULL,
  yield  bigint NOT NULL DEFAULT 0,  -- the last new article
  robots text NOT NULL DEFAULT '',
  pace   bigint NOT NULL DEFAULT 0,  -- milliseconds
  rest   bigint NOT NULL DEFAULT 0,
  seen   bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (source, host)
);

CREATE TABLE source_finding (
  source text NOT NULL,
  about  text NOT NULL,
  kind   text NOT NULL,
  detail text NOT NULL,
  first  bigint NOT NULL,
  last   bigint NOT NULL,
  times  bigint NOT NULL,
  PRIMARY KEY (source, about, kind)
);

-- +goose Down
SELECT 1;
