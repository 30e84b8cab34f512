-- +goose Up
ALTER TABLE publication ADD COLUMN distant_hash CHAR(64) NOT NULL DEFAULT '' COMMENT '远期结果摘要 | SHA-256 over the settings and the results that look at months other than this one, the one before and the same of last year';

-- +goose Down
ALTER TABLE publication DROP COLUMN distant_hash;
