-- +goose Up
ALTER TABLE etl_file
  ADD COLUMN archived_sha256 CHAR(64) NULL COMMENT '存档内容 SHA-256 | object of the archive with the bytes as they arrived; NULL when there is none';

-- +goose Down
ALTER TABLE etl_file DROP COLUMN archived_sha256;
