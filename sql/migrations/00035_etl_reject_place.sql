-- +goose Up
ALTER TABLE etl_reject
  ADD COLUMN cell    VARCHAR(128) NOT NULL DEFAULT '' COMMENT '工作簿单元格，文本文件为空 | cell of a workbook such as 数据!C12, empty for text files',
  ADD COLUMN message TEXT NULL                        COMMENT '完整说明 | what was wrong, in one sentence with its place';

-- +goose Down
ALTER TABLE etl_reject DROP COLUMN cell, DROP COLUMN message;
