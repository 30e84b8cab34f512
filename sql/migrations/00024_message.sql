-- +goose Up
CREATE TABLE message (
  message_id   BIGINT NOT NULL AUTO_INCREMENT COMMENT '标识 | id',
  channel      VARCHAR(64) NOT NULL           COMMENT '频道 | channel id',
  kind         VARCHAR(16) NOT NULL           COMMENT '类别 | digest or detail',
  month_start  DATE NOT NULL                  COMMENT '数据月份 | month told',
  subject      VARCHAR(191) NOT NULL          COMMENT '主题 | empty for the digest, else rule and subject',
  text         TEXT NOT NULL                  COMMENT '文本 | complete text',
  blocks       MEDIUMTEXT NOT NULL            COMMENT 'Block Kit JSON | Block Kit as JSON',
  png          MEDIUMBLOB NULL                COMMENT '图表 PNG | chart',
  alt_text     TEXT NOT NULL                  COMMENT '图表说明 | what the chart shows',
  content_hash CHAR(64) NOT NULL              COMMENT '内容摘要 | SHA-256 of text and blocks',
  state        VARCHAR(16) NOT NULL           COMMENT '状态 | pending, sending, sent, unknown',
  ts           VARCHAR(64) NOT NULL           COMMENT 'Slack 时间戳 | message timestamp once sent',
  file_state   VARCHAR(255) NOT NULL          COMMENT '图表状态 | shared, or why not',
  attempts     INT NOT NULL                   COMMENT '尝试次数 | attempts',
  last_error   TEXT NOT NULL                  COMMENT '最近错误 | last error',
  attempted_at DATETIME(6) NULL               COMMENT '最近尝试时间 UTC | last attempt, UTC',
  judgement_id BIGINT NOT NULL                COMMENT '研判 | judgement it tells',
  created_at   DATETIME(6) NOT NULL           COMMENT '创建时间 UTC | written, UTC',
  PRIMARY KEY (message_id),
  UNIQUE KEY message_once (channel, kind, month_start, subject)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='消息发件箱 | outbox of messages; the unique key makes each a message once';

-- +goose Down
DROP TABLE message;
