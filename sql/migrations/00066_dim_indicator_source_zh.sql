-- +goose Up
ALTER TABLE dim_indicator ADD COLUMN source_zh VARCHAR(255) NOT NULL DEFAULT '' COMMENT '出处（中文） | where it is printed, in Chinese';

-- +goose Down
ALTER TABLE dim_indicator DROP COLUMN source_zh;
