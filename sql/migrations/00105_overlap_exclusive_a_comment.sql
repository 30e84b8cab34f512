-- +goose Up
ALTER TABLE overlap MODIFY COLUMN exclusive_a_ratio DECIMAL(18,10) NULL COMMENT '独占用户比例：只用 A 者占 A | exclusive share: part of A''s devices without B';

-- +goose Down
ALTER TABLE overlap MODIFY COLUMN exclusive_a_ratio DECIMAL(18,10) NULL COMMENT 'A 独占比例 | part of A''s devices without B';
