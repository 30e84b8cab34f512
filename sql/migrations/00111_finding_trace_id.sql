-- +goose Up
ALTER TABLE finding ADD COLUMN trace_id VARCHAR(40) NOT NULL DEFAULT '' COMMENT '数值的标识，没有数值则为空 | id of the value for panelwatch trace, empty where there is no value';

-- +goose Down
ALTER TABLE finding DROP COLUMN trace_id;
