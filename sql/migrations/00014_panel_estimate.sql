-- +goose Up
CREATE TABLE panel_estimate (
  publication_id BIGINT NOT NULL      COMMENT '发布标识 | publication',
  app_id         VARCHAR(64) NOT NULL COMMENT '应用标识，* 为全网 | id of the app, * for 全网',
  dimension      VARCHAR(32) NOT NULL COMMENT '维度 | dimension, all for the total',
  member         VARCHAR(64) NOT NULL COMMENT '选项 | member',
  replicate      SMALLINT NOT NULL    COMMENT '重复样本 | 0 = full sample, 1..80 = without that group',
  devices        DOUBLE NOT NULL      COMMENT '月独立设备数（台） | monthly unique devices',
  device_days    DOUBLE NOT NULL      COMMENT '活跃设备天 | devices x days of use',
  uses           DOUBLE NOT NULL      COMMENT '使用次数 | uses',
  seconds        DOUBLE NOT NULL      COMMENT '有效时间（秒） | seconds',
  n_devices      INT NOT NULL         COMMENT '样本设备数 | unweighted devices',
  PRIMARY KEY (publication_id, app_id, dimension, member, replicate)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='样本估计 | weighted sums of a panel month with their 80 jackknife replicates';

-- +goose Down
DROP TABLE panel_estimate;
