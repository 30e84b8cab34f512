-- +goose Up
CREATE TABLE current_publication (
  source         VARCHAR(64) NOT NULL COMMENT '数据源 | source',
  month_start    DATE NOT NULL        COMMENT '数据月份 | month of observation',
  publication_id BIGINT NOT NULL      COMMENT '发布标识 | publication in force',
  PRIMARY KEY (source, month_start),
  UNIQUE KEY current_publication_id (publication_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='当前发布 | the pointer that readers follow';

-- +goose Down
DROP TABLE current_publication;
