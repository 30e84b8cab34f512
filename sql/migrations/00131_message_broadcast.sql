-- +goose Up
ALTER TABLE message ADD COLUMN broadcast TINYINT NOT NULL DEFAULT 0 COMMENT '回复同时发到频道 | a reply that the channel shows too';

-- +goose Down
ALTER TABLE message DROP COLUMN broadcast;
