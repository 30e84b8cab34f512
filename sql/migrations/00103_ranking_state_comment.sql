-- +goose Up
ALTER TABLE ranking MODIFY COLUMN state VARCHAR(8) NOT NULL COMMENT '进榜/出榜：NEW 或 OUT | entry to and exit from the list: NEW or OUT against the month before';

-- +goose Down
ALTER TABLE ranking MODIFY COLUMN state VARCHAR(8) NOT NULL COMMENT 'NEW 进榜 / OUT 出榜 | NEW or OUT against the month before';
