-- +goose Up
CREATE TABLE etl_file (
  extract_id    BIGINT NOT NULL       COMMENT '数据交付 | delivery',
  position      INT NOT NULL          COMMENT '序号 | place in the manifest, from 0',
  name          VARCHAR(255) NOT NULL COMMENT '文件名 | name',
  table_name    VARCHAR(32) NOT NULL  COMMENT '表 | table of the contract: devices, usage, app_month, ...',
  origin        VARCHAR(16) NOT NULL  COMMENT '来源类型 | published, synthetic or empty (the vendor''s own)',
  source_note   VARCHAR(255) NOT NULL COMMENT '出处 | publication the figures are copied from',
  sha256        CHAR(64) NOT NULL     COMMENT '内容摘要 SHA-256 | SHA-256 of the bytes as delivered',
  bytes         BIGINT NOT NULL       COMMENT '字节数 | size in bytes',
  rows_read     BIGINT NOT NULL       COMMENT '读取行数 | data rows read',
  rows_loaded   BIGINT NOT NULL       COMMENT '入库行数 | rows loaded',
  rows_rejected BIGINT NOT NULL       COMMENT '拒收行数 | rows rejected',
  rows_ignored  BIGINT NOT NULL       COMMENT '忽略行数 | rows ignored, such as exact duplicates',
  PRIMARY KEY (extract_id, position),
  CONSTRAINT rows_conserved CHECK (rows_read = rows_loaded + rows_rejected + rows_ignored)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='文件台账 | files of a delivery: rows read = loaded + rejected + ignored';

-- +goose Down
DROP TABLE etl_file;
