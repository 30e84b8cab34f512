-- +goose Up
CREATE TABLE etl_extract (
  extract_id          BIGINT NOT NULL AUTO_INCREMENT COMMENT '标识 | id',
  source              VARCHAR(64) NOT NULL           COMMENT '数据源 | source of the configuration',
  month_start         DATE NOT NULL                  COMMENT '数据月份 | month of observation',
  revision            INT NOT NULL                   COMMENT '修订号 | revision, 1 = first',
  identity            CHAR(64) NOT NULL              COMMENT '内容摘要 SHA-256 | SHA-256 over the files'' hashes: same identity, same data',
  vendor              VARCHAR(128) NOT NULL          COMMENT '供应商 | vendor',
  product             VARCHAR(128) NOT NULL          COMMENT '产品 | product',
  kind                VARCHAR(16) NOT NULL           COMMENT '类型 | microdata or aggregate',
  delivered_at        DATETIME(6) NOT NULL           COMMENT '交付时间 UTC | delivery as the manifest states it, UTC',
  universe_devices    DOUBLE NULL                    COMMENT '全网月独立设备数（台） | control total of devices',
  panel_size          INT NULL                       COMMENT '声明的样本量 | declared panel size of an aggregate extract',
  deff                DOUBLE NULL                    COMMENT '声明的设计效应 | declared design effect',
  tier_list_year      INT NOT NULL                   COMMENT '城市等级名单年份 | year of the city tier list',
  tgi_base            VARCHAR(64) NOT NULL           COMMENT 'TGI 基准 | base of the TGI',
  definitions_version VARCHAR(64) NOT NULL           COMMENT '口径版本 | version of the vendor''s definitions',
  synthetic           VARCHAR(255) NOT NULL          COMMENT '合成数据说明，真实数据为空 | not empty: the data are made up, and by what',
  status              VARCHAR(16) NOT NULL           COMMENT '状态 | loaded or refused',
  refusal             TEXT NULL                      COMMENT '拒收原因 | why it was refused',
  folder              VARCHAR(512) NOT NULL          COMMENT '所在目录 | folder it was read from',
  run_id              VARCHAR(40) NOT NULL           COMMENT '运行标识 | run that read it last',
  loaded_at           DATETIME(6) NOT NULL           COMMENT '载入时间 UTC | when it was read last, UTC',
  PRIMARY KEY (extract_id),
  UNIQUE KEY extract_identity (source, month_start, revision, identity)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='数据交付 | one delivery of one source: a month at a revision';

-- +goose Down
DROP TABLE etl_extract;
