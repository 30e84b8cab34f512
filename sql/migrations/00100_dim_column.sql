-- +goose Up
CREATE TABLE dim_column (
  object_name VARCHAR(64) NOT NULL  COMMENT '视图或表 | view or table',
  position    INT NOT NULL          COMMENT '列的顺序，0 为视图或表本身 | order of the column, 0 for the view or table itself',
  column_name VARCHAR(64) NOT NULL  COMMENT '列名，视图或表本身为空 | column, empty for the view or table itself',
  kind        VARCHAR(8) NOT NULL   COMMENT '类别：view 视图，table 表 | view or table',
  data_type   VARCHAR(64) NOT NULL  COMMENT '数据类型 | type of its values',
  comment_zh  VARCHAR(1024) NOT NULL COMMENT '中文说明 | what it means, in Chinese',
  comment_en  VARCHAR(1024) NOT NULL COMMENT '英文说明 | what it means, in English',
  PRIMARY KEY (object_name, position)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='视图与表的说明 | what views, tables and their columns mean, written by migrate';

-- +goose Down
DROP TABLE dim_column;
