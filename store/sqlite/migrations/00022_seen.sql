-- +goose Up
-- Until when the analyst has seen what is new.
ALTER TABLE analyst ADD COLUMN seen INTEGER NOT NULL DEFAULT 0;

-- +goose Down
SELECT 1;
