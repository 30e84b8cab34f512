-- +goose Up
ALTER TABLE overlap MODIFY COLUMN overlap_of_a_ratio DECIMAL(18,10) NULL COMMENT '重合度（占 A） | overlap rate: devices with both over A''s';

-- +goose Down
ALTER TABLE overlap MODIFY COLUMN overlap_of_a_ratio DECIMAL(18,10) NULL COMMENT '重合度（占 A） | devices with both over A''s';
