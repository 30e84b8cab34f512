-- +goose Up
ALTER TABLE etl_extract
  ADD COLUMN content         CHAR(64) NOT NULL DEFAULT '' COMMENT '数据摘要，不含修订号 SHA-256 | SHA-256 over files and terms without the revision: same content, nothing new',
  ADD COLUMN manifest_sha256 CHAR(64) NULL                COMMENT '存档中的清单 SHA-256 | manifest in the archive; NULL when nothing was archived',
  MODIFY COLUMN status       VARCHAR(16) NOT NULL         COMMENT '状态 | loaded, refused, older (than the revision in force) or same (content as in force)';

-- +goose Down
ALTER TABLE etl_extract DROP COLUMN content, DROP COLUMN manifest_sha256,
  MODIFY COLUMN status VARCHAR(16) NOT NULL COMMENT '状态 | loaded or refused';
