-- +goose Up
ALTER TABLE dim_indicator ADD COLUMN edge_cases_en VARCHAR(512) NOT NULL DEFAULT '' COMMENT '边界情形（英文） | edge cases, in English';

-- +goose Down
ALTER TABLE dim_indicator DROP COLUMN edge_cases_en;
