-- +goose Up
ALTER TABLE message MODIFY COLUMN judgement_id BIGINT NOT NULL COMMENT '研判，预告为 0 | judgement it tells, 0 for a reminder';

-- +goose Down
ALTER TABLE message MODIFY COLUMN judgement_id BIGINT NOT NULL COMMENT '研判 | judgement it tells';
