-- +goose Up
ALTER TABLE message ADD COLUMN home VARCHAR(64) NOT NULL DEFAULT '' COMMENT '原定频道，空为本频道 | channel it was meant for, where it stands in for a message that could not be delivered there; empty: this one';

-- +goose Down
ALTER TABLE message DROP COLUMN home;
