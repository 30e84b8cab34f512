-- +goose Up
ALTER TABLE etl_run MODIFY COLUMN summary MEDIUMTEXT NULL COMMENT '运行摘要 JSON | summary as JSON';

-- +goose Down
ALTER TABLE etl_run MODIFY COLUMN summary TEXT NULL COMMENT '运行摘要 JSON | summary as JSON';
