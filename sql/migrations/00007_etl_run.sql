-- +goose Up
CREATE TABLE etl_run (
  run_id       VARCHAR(40) NOT NULL COMMENT '运行标识 | id of the run, also in every log line',
  job          VARCHAR(32) NOT NULL COMMENT '作业 | run, serve, demo',
  started_at   DATETIME(6) NOT NULL COMMENT '开始时间 UTC | start, UTC',
  finished_at  DATETIME(6) NULL     COMMENT '结束时间 UTC | end, UTC; NULL while running or killed',
  exit_code    INT NULL             COMMENT '退出码 | exit code, see README',
  code_version VARCHAR(64) NOT NULL COMMENT '程序版本 | version of the program',
  config_hash  CHAR(64) NOT NULL    COMMENT '配置摘要 SHA-256 | SHA-256 of the configuration',
  summary      TEXT NULL            COMMENT '运行摘要 JSON | summary as JSON',
  PRIMARY KEY (run_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='运行记录 | one row per run of the job';

-- +goose Down
DROP TABLE etl_run;
