-- +goose Up
ALTER TABLE dim_indicator ADD COLUMN grain VARCHAR(128) NOT NULL DEFAULT '' COMMENT '粒度 | what there is one value for';

-- +goose Down
ALTER TABLE dim_indicator DROP COLUMN grain;
