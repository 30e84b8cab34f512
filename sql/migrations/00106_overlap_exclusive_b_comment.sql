-- +goose Up
ALTER TABLE overlap MODIFY COLUMN exclusive_b_ratio DECIMAL(18,10) NULL COMMENT '独占用户比例：只用 B 者占 B | exclusive share: part of B''s devices without A';

-- +goose Down
ALTER TABLE overlap MODIFY COLUMN exclusive_b_ratio DECIMAL(18,10) NULL COMMENT 'B 独占比例 | part of B''s devices without A';
