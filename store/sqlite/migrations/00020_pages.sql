-- +goose Up
-- What a page of events or articles takes to find is in one index, in the page's
-- order: the rows themselves, with their JSON, are read of those that are shown.
DROP INDEX event_start;
DROP INDEX event_series;
DROP INDEX event_changed;
CREATE INDEX event_by_start ON event (start DESC, id, salience, kind, level, status, series, until, changed) WHERE merged = '';
CREATE INDEX event_by_change ON event (changed DESC, id, salience, kind, level, status, series, until, start) WHERE merged = '';

-- The values that events are filtered by beside their own columns, each once:
-- there are few, so that all of them are looked through for a word.
CREATE TABLE facet (
  id    INTEGER PRIMARY KEY,
  name  TEXT NOT NULL,                 -- place, country, official, person, source
  value TEXT NOT NULL,
  UNIQUE (name, value)
) STRICT;
INSERT INTO facet (name, value) SELECT DISTINCT facet, value FROM event_facet;
CREATE TABLE event_facet_new (
  facet INTEGER NOT NULL REFERENCES facet (id),
  event INTEGER NOT NULL REFERENCES event (seq) ON DELETE CASCADE,
  PRIMARY KEY (facet, event)
) STRICT, WITHOUT ROWID;
INSERT INTO event_facet_new (facet, event)
  SELECT f.id, e.seq FROM event_facet o JOIN facet f ON f.name = o.facet AND f.value = o.value JOIN event e ON e.id = o.event ORDER BY 1, 2;
DROP TABLE event_facet;
ALTER TABLE event_facet_new RENAME TO event_facet;
CREATE INDEX event_facet_event ON event_facet (event);

-- Whether a record of the article has its meeting as the main one.
ALTER TABLE article ADD COLUMN main INTEGER NOT NULL DEFAULT 0;
UPDATE article SET main = 1 WHERE id IN (SELECT article FROM record WHERE json LIKE '%"salience":"main"%');
DROP INDEX article_saved;
CREATE INDEX article_by_saved ON article (saved DESC, id, page_type, source, published);
CREATE INDEX article_missed ON article (saved DESC, id, page_type, source, published) WHERE main = 0 AND extracted NOT IN ('', '-');

-- +goose Down
SELECT 1;
