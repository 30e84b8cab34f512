-- +goose Up
ALTER TABLE dim_indicator ADD COLUMN edge_cases_zh VARCHAR(512) NOT NULL DEFAULT '' COMMENT '边界情形（中文） | edge cases, in Chinese';

-- +goose Down
ALTER TABLE dim_indicator DROP COLUMN edge_cases_zh;
