-- +goose Up
CREATE TABLE vendor_value (
  publication_id BIGINT NOT NULL         COMMENT '发布标识 | publication',
  file_position  INT NOT NULL            COMMENT '文件序号 | file of the delivery',
  line           INT NOT NULL            COMMENT '行号 | line in the file',
  measure        VARCHAR(64) NOT NULL    COMMENT '指标 | measure: devices, dau_avg, share, tgi, ...',
  app_id         VARCHAR(64) NOT NULL    COMMENT '应用标识，* 为全网 | id of the app, * for 全网',
  other_app_id   VARCHAR(64) NOT NULL    COMMENT '另一应用 | second app of a pair, else empty',
  list_name      VARCHAR(64) NOT NULL    COMMENT '榜单 | list the row stands in, else empty',
  network         VARCHAR(8) NOT NULL     COMMENT '网络：G 或 ALL，仅 24 小时表 | network of 24-hour tables: G or ALL, else empty',
  dimension      VARCHAR(32) NOT NULL    COMMENT '维度 | dimension, all for the total',
  member         VARCHAR(64) NOT NULL    COMMENT '选项 | member',
  value          DECIMAL(30,10) NOT NULL COMMENT '数值（台、次、秒、比率） | value in base units: devices, uses, seconds, ratios',
  PRIMARY KEY (publication_id, file_position, line, measure, app_id, other_app_id, member)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='供应商数值 | numbers of aggregate extracts as delivered, in base units';

-- +goose Down
DROP TABLE vendor_value;
