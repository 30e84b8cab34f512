-- +goose Up
CREATE TABLE indicator (
  publication_id BIGINT NOT NULL       COMMENT '发布标识 | publication',
  indicator      VARCHAR(64) NOT NULL  COMMENT '指标 | name, see dim_indicator',
  app_id         VARCHAR(64) NOT NULL  COMMENT '应用标识，* 为全网 | id of the app, * for 全网',
  dimension      VARCHAR(32) NOT NULL  COMMENT '维度 | dimension, all for the total',
  member         VARCHAR(64) NOT NULL  COMMENT '选项 | member',
  value          DECIMAL(30,10) NULL   COMMENT '数值，NULL 表示不可计算 | value; NULL: could not be computed, flags say why',
  se             DOUBLE NULL           COMMENT '标准误，NULL 表示未知 | standard error; NULL: unknown',
  n_devices      INT NULL              COMMENT '样本设备数 | unweighted devices behind it, where known',
  basis          VARCHAR(16) NOT NULL  COMMENT '误差依据 | panel (jackknife), vendor (none) or assumed (declared panel size)',
  flags          VARCHAR(128) NOT NULL COMMENT '标记 | flags, separated by commas',
  at_month       DATE NULL             COMMENT '所指月份 | month meant: of the peak, of the record before',
  PRIMARY KEY (publication_id, indicator, app_id, dimension, member)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='指标 | published indicators with their sampling error';

-- +goose Down
DROP TABLE indicator;
