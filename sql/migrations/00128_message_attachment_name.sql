-- +goose Up
ALTER TABLE message ADD COLUMN attachment_name VARCHAR(191) NOT NULL DEFAULT '' COMMENT '附件文件名，空为无附件 | name of the file that goes with it, empty: none';

-- +goose Down
ALTER TABLE message DROP COLUMN attachment_name;
