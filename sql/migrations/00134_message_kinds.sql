-- +goose Up
ALTER TABLE message MODIFY COLUMN kind VARCHAR(16) NOT NULL COMMENT '类别 | digest; detail, correction or overflow in its thread; reminder';

-- +goose Down
ALTER TABLE message MODIFY COLUMN kind VARCHAR(16) NOT NULL COMMENT '类别 | digest, detail or reminder';
