-- +goose Up
CREATE TABLE judgement (
  judgement_id  BIGINT NOT NULL AUTO_INCREMENT COMMENT '标识 | id',
  month_start   DATE NOT NULL                  COMMENT '数据月份 | month judged',
  inputs_hash   CHAR(64) NOT NULL              COMMENT '输入摘要 | SHA-256 over the publications, rules, calendar and code it was judged with',
  is_current    TINYINT NOT NULL               COMMENT '是否当前 | 1 for the judgement in force',
  run_id        VARCHAR(40) NOT NULL           COMMENT '运行标识 | run',
  judged_at     DATETIME(6) NOT NULL           COMMENT '研判时间 UTC | when, UTC',
  rules         INT NOT NULL                   COMMENT '规则数 | rules applied',
  subjects      INT NOT NULL                   COMMENT '评估项数 | subjects evaluated',
  fired         INT NOT NULL                   COMMENT '触发数 | fired',
  expected      INT NOT NULL                   COMMENT '符合预期数 | expected peaks',
  noise         INT NOT NULL                   COMMENT '误差内数 | within sampling error',
  not_evaluable INT NOT NULL                   COMMENT '不可评估数 | could not be evaluated',
  suppressed    INT NOT NULL                   COMMENT '抑制数 | suppressed',
  PRIMARY KEY (judgement_id),
  UNIQUE KEY judgement_inputs (month_start, inputs_hash)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='研判 | a month judged by the rules';

-- +goose Down
DROP TABLE judgement;
