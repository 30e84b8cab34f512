-- +goose Up
ALTER TABLE message ADD COLUMN edited_at DATETIME(6) NULL COMMENT '最近更正时间 UTC | last edit of what was sent, UTC';

-- +goose Down
ALTER TABLE message DROP COLUMN edited_at;
