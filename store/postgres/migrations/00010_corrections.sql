-- +goose Up
-- What analysts decided, in its order: the audit, from which the rulings follow.
CREATE TABLE decision (
  seq    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id     text COLLATE "C" NOT NULL UNIQUE,
  undone boolean NOT NULL DEFAULT false,
  json   json NOT NULL
);

CREATE TABLE decision_event (
  event    text COLLATE "C" NOT NULL,
  decision bigint NOT NULL REFERENCES decision (seq),
  PRIMARY KEY (event, decision)
);

-- What holds of an event by decisions, and the articles that it is about.
CREATE TABLE ruling (
  event text COLLATE "C" PRIMARY KEY,
  json  json NOT NULL
);

CREATE TABLE ruling_article (
  article text COLLATE "C" NOT NULL,
  event   text COLLATE "C" NOT NULL REFERENCES ruling (event) ON DELETE CASCADE,
  PRIMARY KEY (article, event)
);
CREATE INDEX ruling_article_event ON ruling_article (event);

-- +goose Down
DROP TABLE ruling_article, ruling, decision_event, decision;
