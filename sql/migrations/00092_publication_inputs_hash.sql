-- +goose Up
ALTER TABLE publication MODIFY COLUMN inputs_hash CHAR(64) NOT NULL COMMENT '输入摘要 | SHA-256 over the identities of all extracts up to the month and the settings: of those it was last found to follow from';

-- +goose Down
ALTER TABLE publication MODIFY COLUMN inputs_hash CHAR(64) NOT NULL COMMENT '输入摘要 | SHA-256 over the identities of all extracts up to the month and the settings it was computed from';
