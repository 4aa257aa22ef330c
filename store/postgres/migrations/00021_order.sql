-- +goose Up
-- What a page of events takes to find is in one index, in the page's order.
DROP INDEX event_start, event_changed;
CREATE INDEX event_by_start ON event (start DESC, id) INCLUDE (salience, kind, level, status, series, until, changed) WHERE merged = '';
CREATE INDEX event_by_change ON event (changed DESC, id) INCLUDE (salience, kind, level, status, series, until, start) WHERE merged = '';

-- +goose Down
DROP INDEX event_by_start, event_by_change;
CREATE INDEX event_start ON event (start DESC, id) WHERE merged = '';
CREATE INDEX event_changed ON event (changed DESC, id) WHERE merged = '';
