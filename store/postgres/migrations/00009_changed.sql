-- +goose Up

-- When an event changed last, for those who read what is new. Unix milliseconds.
ALTER TABLE event ADD COLUMN changed bigint NOT NULL DEFAULT 0;
UPDATE event SET changed = coalesce((extract(epoch FROM (json ->> 'updated')::timestamptz) * 1000)::bigint, 0);
CREATE INDEX event_changed ON event (changed DESC, id) WHERE merged = '';
CREATE INDEX event_editions ON event (series, salience, start) WHERE series <> '' AND merged = '';

-- +goose Down
DROP INDEX event_changed, event_editions;
ALTER TABLE event DROP COLUMN changed;
