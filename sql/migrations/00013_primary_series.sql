-- +goose Up
CREATE TABLE primary_series (
  app_id VARCHAR(64) NOT NULL COMMENT '应用标识 | id of the app, * for 全网',
  source VARCHAR(64) NOT NULL COMMENT '数据源 | source',
  PRIMARY KEY (app_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='主数据源 | which source the plain views show, per app';

-- +goose Down
DROP TABLE primary_series;
