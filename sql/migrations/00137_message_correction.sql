-- +goose Up
ALTER TABLE message ADD COLUMN correction CHAR(64) NOT NULL DEFAULT '' COMMENT '所示订正的摘要，空为与首次告知一致 | SHA-256 of the correction that it shows, empty: as it was told first';

-- +goose Down
ALTER TABLE message DROP COLUMN correction;
