-- +goose Up
-- What analysts decided, in its order: the audit, from which the rulings follow.
CREATE TABLE decision (
  seq    INTEGER PRIMARY KEY AUTOINCREMENT,
  id     TEXT NOT NULL UNIQUE,
  undone INTEGER NOT NULL DEFAULT 0,
  json   TEXT NOT NULL
) STRICT;

CREATE TABLE decision_event (
  event    TEXT NOT NULL,
  decision INTEGER NOT NULL REFERENCES decision (seq),
  PRIMARY KEY (event, decision)
) STRICT, WITHOUT ROWID;

-- What holds of an event by decisions, and the articles that it is about.
CREATE TABLE ruling (
  event TEXT PRIMARY KEY,
  json  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE ruling_article (
  article TEXT NOT NULL,
  event   TEXT NOT NULL REFERENCES ruling (event) ON DELETE CASCADE,
  PRIMARY KEY (article, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX ruling_article_event ON ruling_article (event);

-- +goose Down
SELECT 1;
