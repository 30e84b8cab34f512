-- +goose Up
ALTER TABLE dim_indicator ADD COLUMN error_zh VARCHAR(255) NOT NULL DEFAULT '' COMMENT '误差来源（中文） | where the standard error comes from, in Chinese';

-- +goose Down
ALTER TABLE dim_indicator DROP COLUMN error_zh;
