-- +goose Up
-- Until when the analyst has seen what is new.
ALTER TABLE analyst ADD COLUMN seen bigint NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE analyst DROP COLUMN seen;
