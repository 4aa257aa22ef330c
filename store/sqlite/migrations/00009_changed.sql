-- +goose Up

-- When an event changed last, for those who read what is new. Unix milliseconds.
ALTER TABLE event ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;
UPDATE event SET changed = coalesce(CAST(unixepoch(json ->> '$.updated') AS INTEGER) * 1000, 0);
CREATE INDEX event_changed ON event (changed DESC, id) WHERE merged = '';
CREATE INDEX event_editions ON event (series, salience, start) WHERE series <> '' AND merged = '';

-- +goose Down
SELECT 1;
