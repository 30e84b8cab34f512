-- +goose Up
ALTER TABLE message ADD COLUMN first_blocks MEDIUMTEXT NULL COMMENT '首次告知的 Block Kit JSON，未订正则为空 | blocks as they were told first, NULL unless it was corrected';

-- +goose Down
ALTER TABLE message DROP COLUMN first_blocks;
