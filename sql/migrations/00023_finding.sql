-- +goose Up
CREATE TABLE finding (
  judgement_id  BIGINT NOT NULL       COMMENT '研判 | judgement',
  seq           INT NOT NULL          COMMENT '序号 | order of telling',
  rule          VARCHAR(64) NOT NULL  COMMENT '规则 | rule',
  also          VARCHAR(255) NOT NULL COMMENT '合并的规则 | rules merged into it',
  app_id        VARCHAR(64) NOT NULL  COMMENT '应用标识 | id of the app, empty for a list',
  other_app_id  VARCHAR(64) NOT NULL  COMMENT '另一应用 | second app',
  list_name     VARCHAR(64) NOT NULL  COMMENT '榜单 | list',
  dimension     VARCHAR(32) NOT NULL  COMMENT '维度 | dimension',
  member        VARCHAR(64) NOT NULL  COMMENT '选项 | member',
  verdict       VARCHAR(16) NOT NULL  COMMENT '结论 | fired, expected, noise, not_evaluable, suppressed',
  severity      VARCHAR(8) NOT NULL   COMMENT '级别 | high, warn, info',
  reason        VARCHAR(255) NOT NULL COMMENT '原因 | reason of noise, not_evaluable and suppressed',
  unit          VARCHAR(16) NOT NULL  COMMENT '单位 | unit of value, se and expectation',
  value         DOUBLE NULL           COMMENT '数值 | value',
  se            DOUBLE NULL           COMMENT '标准误 | standard error',
  expected      DOUBLE NULL           COMMENT '预期值 | expected value',
  expected_low  DOUBLE NULL           COMMENT '预期下限 | lower end of the 95 % interval',
  expected_high DOUBLE NULL           COMMENT '预期上限 | upper end',
  z             DOUBLE NULL           COMMENT 'z 值 | standardised deviation',
  text_zh       TEXT NOT NULL         COMMENT '中文表述 | sentence in Chinese',
  text_en       TEXT NOT NULL         COMMENT '英文表述 | sentence in English',
  PRIMARY KEY (judgement_id, seq)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='研判结论 | findings of a judgement, each with its verdict';

-- +goose Down
DROP TABLE finding;
