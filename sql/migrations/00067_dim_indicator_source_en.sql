-- +goose Up
ALTER TABLE dim_indicator ADD COLUMN source_en VARCHAR(255) NOT NULL DEFAULT '' COMMENT '出处（英文） | where it is printed, in English';

-- +goose Down
ALTER TABLE dim_indicator DROP COLUMN source_en;
