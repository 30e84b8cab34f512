-- +goose Up
ALTER TABLE dim_indicator ADD COLUMN found_in VARCHAR(512) NOT NULL DEFAULT '' COMMENT '所在列 | columns that hold it';

-- +goose Down
ALTER TABLE dim_indicator DROP COLUMN found_in;
