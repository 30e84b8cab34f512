-- +goose Up
ALTER TABLE ranking MODIFY COLUMN place INT NOT NULL COMMENT '排名，按月独立设备数，并列同名次 | rank by monthly unique devices; ties share a rank';

-- +goose Down
ALTER TABLE ranking MODIFY COLUMN place INT NOT NULL COMMENT '名次 | rank by monthly unique devices; ties share a rank';
