-- +goose Up
ALTER TABLE message ADD COLUMN attachment MEDIUMBLOB NULL COMMENT '附件 | that file';

-- +goose Down
ALTER TABLE message DROP COLUMN attachment;
