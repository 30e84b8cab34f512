-- +goose Up
ALTER TABLE dim_indicator ADD COLUMN inputs VARCHAR(255) NOT NULL DEFAULT '' COMMENT '输入 | inputs';

-- +goose Down
ALTER TABLE dim_indicator DROP COLUMN inputs;
