-- +goose Up
ALTER TABLE publication ADD COLUMN results_hash CHAR(64) NOT NULL DEFAULT '' COMMENT '结果摘要，空为旧版发布 | SHA-256 over all results; empty: published before it was kept';

-- +goose Down
ALTER TABLE publication DROP COLUMN results_hash;
