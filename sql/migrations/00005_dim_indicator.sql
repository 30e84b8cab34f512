-- +goose Up
CREATE TABLE dim_indicator (
  indicator VARCHAR(64) NOT NULL  COMMENT '指标 | name',
  name_zh   VARCHAR(64) NOT NULL  COMMENT '中文名称 | Chinese name',
  name_en   VARCHAR(128) NOT NULL COMMENT '英文名称 | English name',
  unit      VARCHAR(32) NOT NULL  COMMENT '单位 | unit of value and se: devices (台), ratio (0.144 = 14.4%), ratio_per_month, index, uses, minutes, bool',
  formula   VARCHAR(255) NOT NULL COMMENT '公式 | formula',
  position  INT NOT NULL          COMMENT '排列顺序 | order of reading',
  PRIMARY KEY (indicator)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='指标目录 | catalogue of indicators';

-- +goose Down
DROP TABLE dim_indicator;
