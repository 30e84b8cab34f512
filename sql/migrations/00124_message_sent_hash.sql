-- +goose Up
ALTER TABLE message ADD COLUMN sent_hash CHAR(64) NOT NULL DEFAULT '' COMMENT '频道所示内容的摘要，空为尚无 | content_hash of what the channel shows, empty: nothing yet; another content_hash waits to be shown by an edit';

-- +goose Down
ALTER TABLE message DROP COLUMN sent_hash;
