-- +goose Up
CREATE TABLE response (
  response_id BIGINT NOT NULL AUTO_INCREMENT COMMENT '标识 | id',
  message_id  BIGINT NOT NULL                COMMENT '所回应的消息 | message responded to',
  user_id     VARCHAR(64) NOT NULL           COMMENT 'Slack 用户标识 | id of the Slack user',
  kind        VARCHAR(16) NOT NULL           COMMENT '类别：ack 知悉、mute 静音、false_alarm 误报 | ack, mute or false_alarm',
  via         VARCHAR(16) NOT NULL           COMMENT '途径：reaction 表情、button 按钮 | reaction or button',
  emoji       VARCHAR(64) NOT NULL           COMMENT '表情名，按钮为空 | name of the emoji, empty for a button',
  first_at    DATETIME(6) NOT NULL           COMMENT '首次看到的时间 UTC | first seen, UTC',
  lifted_at   DATETIME(6) NULL               COMMENT '撤回时间 UTC，仍有效为空 | taken back, UTC; NULL while it stands',
  PRIMARY KEY (response_id),
  KEY response_of_message (message_id, user_id, kind, via)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='对消息的回应 | what people answered to messages; taken back, a row stays and a new answer is a new row';

-- +goose Down
DROP TABLE response;
