-- +goose Up
CREATE TABLE panel_device (
  source          VARCHAR(64) NOT NULL  COMMENT '数据源 | source',
  month_start     DATE NOT NULL         COMMENT '数据月份 | month of observation',
  device_id       VARCHAR(128) NOT NULL COMMENT '设备标识 | device',
  weight          DOUBLE NOT NULL       COMMENT '权重（台） | devices it stands for, above 0',
  rep_group       TINYINT NULL          COMMENT '重复样本组 1..80，NULL 时按标识计算 | jackknife group as delivered; NULL: 1 + CRC32(device_id) mod 80',
  stratum         VARCHAR(64) NOT NULL  COMMENT '层，不分层为空 | stratum, empty where there is none',
  province        VARCHAR(64) NULL      COMMENT '省份，NULL 为未知 | province; NULL: unknown, as in the columns below',
  city            VARCHAR(64) NULL      COMMENT '城市 | city; one that is not watched is no segment',
  city_tier       VARCHAR(64) NULL      COMMENT '城市等级 | tier of the city',
  gender          VARCHAR(64) NULL      COMMENT '性别 | gender',
  age_band        VARCHAR(64) NULL      COMMENT '年龄 | age band',
  marital         VARCHAR(64) NULL      COMMENT '婚姻 | marital status',
  occupation_tags VARCHAR(255) NULL     COMMENT '职业标签，以 ; 分隔 | occupation tags, separated by ;',
  PRIMARY KEY (source, month_start, device_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='样本设备 | devices of a panel month, for ad-hoc SQL and for months that are tabulated in the warehouse';

-- +goose Down
DROP TABLE panel_device;
