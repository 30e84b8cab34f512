-- +goose Up
ALTER TABLE dim_indicator ADD COLUMN error_en VARCHAR(255) NOT NULL DEFAULT '' COMMENT '误差来源（英文） | where the standard error comes from, in English';

-- +goose Down
ALTER TABLE dim_indicator DROP COLUMN error_en;
