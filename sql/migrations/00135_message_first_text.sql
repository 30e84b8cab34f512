-- +goose Up
ALTER TABLE message ADD COLUMN first_text TEXT NULL COMMENT '首次告知的文本，未订正则为空 | text as it was told first, NULL unless it was corrected';

-- +goose Down
ALTER TABLE message DROP COLUMN first_text;
