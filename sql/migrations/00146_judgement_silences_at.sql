-- +goose Up
ALTER TABLE judgement ADD COLUMN silences_at DATETIME(6) NULL COMMENT '静默与静音以此时刻为准，UTC | silences and mutes are taken as they stood then, UTC';

-- +goose Down
ALTER TABLE judgement DROP COLUMN silences_at;
