-- +goose Up
ALTER TABLE message ADD COLUMN attachment_state VARCHAR(255) NOT NULL DEFAULT '' COMMENT '附件状态 | shared, or why not';

-- +goose Down
ALTER TABLE message DROP COLUMN attachment_state;
