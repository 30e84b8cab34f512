-- +goose Up
ALTER TABLE publication
  ADD COLUMN reading INT NOT NULL DEFAULT 1           COMMENT '同一修订号的第几次读取 | which reading of the revision, 1 = first; higher after new bytes under the same number or a replay of rejected rows',
  ADD COLUMN flags   VARCHAR(255) NOT NULL DEFAULT '' COMMENT '标记 | closed_month, definitions_changed, tgi_base_changed, tier_list_changed; comma-separated';

-- +goose Down
ALTER TABLE publication DROP COLUMN reading, DROP COLUMN flags;
