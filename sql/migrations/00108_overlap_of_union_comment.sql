-- +goose Up
ALTER TABLE overlap MODIFY COLUMN overlap_of_union_ratio DECIMAL(18,10) NULL COMMENT '重合度（占并集） | overlap rate: devices with both over those with one of them';

-- +goose Down
ALTER TABLE overlap MODIFY COLUMN overlap_of_union_ratio DECIMAL(18,10) NULL COMMENT '重合度（占并集） | devices with both over those with one of them';
