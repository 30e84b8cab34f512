-- +goose Up
CREATE TABLE hourly (
  publication_id BIGINT NOT NULL         COMMENT '发布标识 | publication',
  app_id         VARCHAR(64) NOT NULL    COMMENT '应用标识 | id of the app',
  network        VARCHAR(8) NOT NULL     COMMENT '网络 G 或 ALL | network: G (cellular) or ALL',
  hour           TINYINT NOT NULL        COMMENT '小时，北京时间 | hour 0..23, China Standard Time',
  share_ratio    DECIMAL(18,10) NOT NULL COMMENT '占比 | part of the day''s device-hours',
  basis          VARCHAR(16) NOT NULL    COMMENT '误差依据 | panel, vendor or assumed',
  PRIMARY KEY (publication_id, app_id, network, hour)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='24小时分布 | share of a day''s device-hours by hour';

-- +goose Down
DROP TABLE hourly;
