-- +goose Up
ALTER TABLE overlap MODIFY COLUMN both_devices DECIMAL(30,10) NOT NULL COMMENT '重合用户（台） | devices with both apps';

-- +goose Down
ALTER TABLE overlap MODIFY COLUMN both_devices DECIMAL(30,10) NOT NULL COMMENT '共同设备数（台） | devices with both';
