-- +goose Up
CREATE TABLE etl_note (
  extract_id    BIGINT NOT NULL       COMMENT '数据交付 | delivery',
  seq           INT NOT NULL          COMMENT '序号 | running number',
  file_position INT NOT NULL          COMMENT '文件序号 | file of the delivery',
  line          INT NOT NULL          COMMENT '首次出现的行号，列为 0 | line of the first case, 0 for a column',
  column_name   VARCHAR(128) NOT NULL COMMENT '列名 | column as delivered',
  rule          VARCHAR(64) NOT NULL  COMMENT '类别：missing_column、renamed_column、new_column、unknown_app、scale | what is odd',
  raw_value     TEXT NOT NULL         COMMENT '新出现的值，如目录外的应用名 | what is new, such as an app that the catalogue does not have',
  row_count     BIGINT NOT NULL       COMMENT '涉及行数，列为 0 | rows that have it, 0 for a column',
  message       TEXT NOT NULL         COMMENT '处理说明 | what was made of it, and what to do',
  PRIMARY KEY (extract_id, seq)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='交付备注 | what was odd about a delivery but did not keep it out, and the apps whose rows were held aside';

-- +goose Down
DROP TABLE etl_note;
