-- +goose Up
ALTER TABLE hourly MODIFY COLUMN share_ratio DECIMAL(18,10) NOT NULL COMMENT '24小时活跃分布：占全天设备小时 | share of the day''s device-hours';

-- +goose Down
ALTER TABLE hourly MODIFY COLUMN share_ratio DECIMAL(18,10) NOT NULL COMMENT '占比 | part of the day''s device-hours';
