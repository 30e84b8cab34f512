-- +goose Up
CREATE TABLE silence (
  silence_id BIGINT NOT NULL AUTO_INCREMENT COMMENT '标识 | id',
  rule       VARCHAR(64) NOT NULL           COMMENT '规则，精确或含 * 与 ?，空为任意 | rule, exact or with * and ?, empty for any',
  app        VARCHAR(64) NOT NULL           COMMENT '应用标识，同上 | id of the app, likewise',
  list       VARCHAR(64) NOT NULL           COMMENT '榜单，同上 | list, likewise',
  category   VARCHAR(64) NOT NULL           COMMENT '类别，同上 | category, likewise',
  dimension  VARCHAR(32) NOT NULL           COMMENT '维度，同上 | dimension, likewise',
  member     VARCHAR(64) NOT NULL           COMMENT '选项，同上 | member, likewise',
  source     VARCHAR(64) NOT NULL           COMMENT '数据源，同上 | source, likewise',
  from_month DATE NULL                      COMMENT '首个数据月份，空为不限 | first month judged, NULL without a limit',
  to_month   DATE NULL                      COMMENT '末个数据月份，空为不限 | last month judged, NULL without a limit',
  holiday    VARCHAR(64) NOT NULL           COMMENT '仅限有该节假日或窗口的月份，每年；空为所有月份 | only months with this holiday or window, each year; empty for all',
  reason     VARCHAR(255) NOT NULL          COMMENT '原因 | reason',
  author     VARCHAR(64) NOT NULL           COMMENT '设置人 | who made it',
  until_day  DATE NOT NULL                  COMMENT '有效的最后一日 | last day on which it holds',
  created_at DATETIME(6) NOT NULL           COMMENT '设置时间 UTC | made, UTC',
  expired_at DATETIME(6) NULL               COMMENT '提前终止时间 UTC | ended before its day, UTC',
  expired_by VARCHAR(64) NOT NULL           COMMENT '终止人 | who ended it',
  PRIMARY KEY (silence_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='静默 | silences: what is found and not told; never deleted';

-- +goose Down
DROP TABLE silence;
