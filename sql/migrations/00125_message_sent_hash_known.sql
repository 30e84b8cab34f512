-- +goose Up
UPDATE message SET sent_hash = content_hash WHERE state = 'sent';

-- +goose Down
UPDATE message SET sent_hash = '';
