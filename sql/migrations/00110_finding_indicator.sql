-- +goose Up
ALTER TABLE finding ADD COLUMN indicator VARCHAR(64) NOT NULL DEFAULT '' COMMENT '数值所属的指标，没有数值则为空 | indicator that the value is of, empty where there is no value';

-- +goose Down
ALTER TABLE finding DROP COLUMN indicator;
