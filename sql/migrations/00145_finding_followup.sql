-- +goose Up
CREATE TABLE finding_followup (
  judgement_id BIGINT NOT NULL       COMMENT '研判，其月份即本状态的月份 | judgement, whose month the state is of',
  seq          INT NOT NULL          COMMENT '序号 | order of telling',
  told_month   DATE NOT NULL         COMMENT '结论的月份 | month of the finding',
  rule         VARCHAR(64) NOT NULL  COMMENT '结论的规则 | rule of the finding',
  app_id       VARCHAR(64) NOT NULL  COMMENT '结论的应用 | its app',
  other_app_id VARCHAR(64) NOT NULL  COMMENT '结论的另一应用 | its second app',
  list_name    VARCHAR(64) NOT NULL  COMMENT '结论的榜单 | its list',
  dimension    VARCHAR(32) NOT NULL  COMMENT '结论的维度 | its dimension',
  member       VARCHAR(64) NOT NULL  COMMENT '结论的选项 | its member',
  source       VARCHAR(64) NOT NULL  COMMENT '结论的数据源 | its source',
  state        VARCHAR(16) NOT NULL  COMMENT '状态：ongoing 仍在、resolved 已解除、not_evaluable 无法评估 | ongoing, resolved or not_evaluable',
  text_zh      TEXT NOT NULL         COMMENT '中文表述 | sentence in Chinese',
  text_en      TEXT NOT NULL         COMMENT '英文表述 | sentence in English',
  PRIMARY KEY (judgement_id, seq)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='结论的后续 | what became, by the month of a judgement, of what earlier months found';

-- +goose Down
DROP TABLE finding_followup;
