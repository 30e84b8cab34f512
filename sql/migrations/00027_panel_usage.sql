-- +goose Up
CREATE TABLE panel_usage (
  source      VARCHAR(64) NOT NULL  COMMENT '数据源 | source',
  month_start DATE NOT NULL         COMMENT '数据月份 | month of observation',
  device_id   VARCHAR(128) NOT NULL COMMENT '设备标识 | device',
  app_id      VARCHAR(64) NOT NULL  COMMENT '应用标识 | id of the app',
  day         TINYINT NOT NULL      COMMENT '日 1..31，0 表示全月 | day of the month, 0 for a row of the whole month',
  active_days TINYINT NOT NULL      COMMENT '活跃天数，按日为 1 | days of use in the month, 1 in a row of a day',
  uses        INT NOT NULL          COMMENT '使用次数 | uses',
  seconds     INT NOT NULL          COMMENT '有效时间（秒） | seconds',
  PRIMARY KEY (source, month_start, device_id, app_id, day)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='样本使用 | what the devices of a panel month did, by app and day or by app';

-- +goose Down
DROP TABLE panel_usage;
