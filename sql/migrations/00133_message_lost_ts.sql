-- +goose Up
ALTER TABLE message ADD COLUMN lost_ts VARCHAR(64) NOT NULL DEFAULT '' COMMENT '已被删除的前一条消息 | message that it replaces because that one is gone, empty: none';

-- +goose Down
ALTER TABLE message DROP COLUMN lost_ts;
