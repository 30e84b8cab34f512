-- +goose Up
CREATE TABLE etl_reject (
  extract_id    BIGINT NOT NULL       COMMENT '数据交付 | delivery',
  seq           INT NOT NULL          COMMENT '序号 | running number',
  file_position INT NOT NULL          COMMENT '文件序号 | file of the delivery',
  line          INT NOT NULL          COMMENT '行号 | physical line in the file, 0 for the whole file',
  column_name   VARCHAR(128) NOT NULL COMMENT '列名 | column, empty for the whole row',
  raw_value     TEXT NOT NULL         COMMENT '原始值 | value as delivered',
  rule          VARCHAR(64) NOT NULL  COMMENT '规则 | rule that refused it',
  hint          TEXT NOT NULL         COMMENT '处理建议 | what to do',
  PRIMARY KEY (extract_id, seq)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='拒收行 | rows that were refused, with their place';

-- +goose Down
DROP TABLE etl_reject;
