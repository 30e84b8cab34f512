-- +goose Up
ALTER TABLE message MODIFY COLUMN state VARCHAR(16) NOT NULL COMMENT '状态 | pending, sending, sent, unknown, or dead: given up for the reason in last_error';

-- +goose Down
ALTER TABLE message MODIFY COLUMN state VARCHAR(16) NOT NULL COMMENT '状态 | pending, sending, sent, unknown';
