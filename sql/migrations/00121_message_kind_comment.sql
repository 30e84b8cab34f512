-- +goose Up
ALTER TABLE message MODIFY COLUMN kind VARCHAR(16) NOT NULL COMMENT '类别 | digest, detail or reminder';

-- +goose Down
ALTER TABLE message MODIFY COLUMN kind VARCHAR(16) NOT NULL COMMENT '类别 | digest or detail';
