-- +goose Up
ALTER TABLE dim_indicator MODIFY COLUMN unit VARCHAR(32) NOT NULL COMMENT '数值与标准误的单位 | unit of value and se: devices (台), ratio (0.144 = 14.4%), pp (个百分点), index (100 = average) and others, see panelwatch dictionary';

-- +goose Down
ALTER TABLE dim_indicator MODIFY COLUMN unit VARCHAR(32) NOT NULL COMMENT '单位 | unit of value and se: devices (台), ratio (0.144 = 14.4%), ratio_per_month, index, uses, minutes, bool';
