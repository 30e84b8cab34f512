-- +goose Up
ALTER TABLE judgement ADD COLUMN data_hash CHAR(64) NOT NULL DEFAULT '' COMMENT '数据摘要，空为未知 | SHA-256 over the deliveries it was judged from, without rules, calendar and settings; empty: not known';

-- +goose Down
ALTER TABLE judgement DROP COLUMN data_hash;
