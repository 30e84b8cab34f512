-- +goose Up
ALTER TABLE message ADD COLUMN revision INT NOT NULL DEFAULT 0 COMMENT '所依据的最新修订号 | newest revision among the extracts behind it, 0 unknown';

-- +goose Down
ALTER TABLE message DROP COLUMN revision;
