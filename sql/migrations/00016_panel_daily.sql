-- +goose Up
CREATE TABLE panel_daily (
  publication_id BIGINT NOT NULL      COMMENT '发布标识 | publication',
  app_id         VARCHAR(64) NOT NULL COMMENT '应用标识 | id of the app',
  day            DATE NOT NULL        COMMENT '日期 | day',
  devices        DOUBLE NOT NULL      COMMENT '日独立设备数（台） | unique devices of the day',
  se_devices     DOUBLE NOT NULL      COMMENT '标准误（台） | standard error',
  n_devices      INT NOT NULL         COMMENT '样本设备数 | unweighted devices',
  PRIMARY KEY (publication_id, app_id, day)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='样本日独立设备数 | unique devices by day';

-- +goose Down
DROP TABLE panel_daily;
