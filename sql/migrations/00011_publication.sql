-- +goose Up
CREATE TABLE publication (
  publication_id BIGINT NOT NULL AUTO_INCREMENT COMMENT '发布标识 | id',
  source         VARCHAR(64) NOT NULL           COMMENT '数据源 | source',
  month_start    DATE NOT NULL                  COMMENT '数据月份 | month of observation',
  revision       INT NOT NULL                   COMMENT '修订号 | revision of the extract',
  extract_id     BIGINT NOT NULL                COMMENT '数据交付 | delivery',
  facts_id       BIGINT NOT NULL                COMMENT '明细所属发布 | publication that holds the facts: itself, or an earlier one when only indicators were recomputed',
  basis          VARCHAR(16) NOT NULL           COMMENT '误差依据 | panel, vendor or assumed',
  inputs_hash    CHAR(64) NOT NULL              COMMENT '输入摘要 | SHA-256 over the identities of all extracts up to the month and the settings it was computed from',
  code_version   VARCHAR(64) NOT NULL           COMMENT '程序版本 | version of the program',
  run_id         VARCHAR(40) NOT NULL           COMMENT '运行标识 | run',
  published_at   DATETIME(6) NOT NULL           COMMENT '发布时间 UTC | when it became current, UTC',
  superseded_at  DATETIME(6) NULL               COMMENT '被取代时间 UTC | when another took its place, UTC',
  PRIMARY KEY (publication_id),
  KEY publication_month (source, month_start)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='发布 | one source''s month as it was published';

-- +goose Down
DROP TABLE publication;
