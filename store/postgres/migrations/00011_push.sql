-- +goose Up
-- Who may read events.
CREATE TABLE analyst (
  name    text COLLATE "C" PRIMARY KEY,
  hash    text COLLATE "C" NOT NULL UNIQUE,        -- of the token
  created bigint NOT NULL
);

CREATE TABLE search (
  name    text COLLATE "C" PRIMARY KEY,
  spec    json NOT NULL,
  created bigint NOT NULL
);

-- What is to be pushed, and what was: then sent is set and the body empty.
CREATE TABLE push (
  row    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  search text COLLATE "C" NOT NULL,
  id     text COLLATE "C" NOT NULL,
  body   text NOT NULL,
  due    bigint NOT NULL,
  tries  integer NOT NULL DEFAULT 0,
  sent   bigint NOT NULL DEFAULT 0,
  UNIQUE (search, id)
);
CREATE INDEX push_due ON push (due) WHERE sent = 0;
CREATE INDEX push_sent ON push (sent) WHERE sent > 0;

-- +goose Down
DROP TABLE push, search, analyst;
