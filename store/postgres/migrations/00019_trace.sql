-- +goose Up
-- The trace that a message is part of, as W3C traceparent; '' for none.
ALTER TABLE outbox ADD COLUMN trace TEXT NOT NULL DEFAULT '';

-- +goose Down
SELECT 1;
