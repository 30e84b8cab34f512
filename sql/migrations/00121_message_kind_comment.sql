-- +goose Up
ALTER TABLE message
  MODIFY COLUMN kind         VARCHAR(16) NOT NULL COMMENT '类别 | digest, detail or reminder',
  MODIFY COLUMN judgement_id BIGINT NOT NULL      COMMENT '研判，预告为 0 | judgement it tells, 0 for a reminder';

-- +goose Down
ALTER TABLE message
  MODIFY COLUMN kind         VARCHAR(16) NOT NULL COMMENT '类别 | digest or detail',
  MODIFY COLUMN judgement_id BIGINT NOT NULL      COMMENT '研判 | judgement it tells';
