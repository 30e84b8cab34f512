-- +goose Up
ALTER TABLE message
  MODIFY COLUMN kind VARCHAR(16) NOT NULL COMMENT '类别 | digest; detail, correction or overflow in its thread; reminder',
  MODIFY COLUMN state VARCHAR(16) NOT NULL COMMENT '状态 | pending, sending, sent, unknown, or dead: given up for the reason in last_error';

-- +goose Down
ALTER TABLE message
  MODIFY COLUMN kind VARCHAR(16) NOT NULL COMMENT '类别 | digest, detail or reminder',
  MODIFY COLUMN state VARCHAR(16) NOT NULL COMMENT '状态 | pending, sending, sent, unknown';
