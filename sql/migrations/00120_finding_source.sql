-- +goose Up
ALTER TABLE finding ADD COLUMN source VARCHAR(64) NOT NULL DEFAULT '' COMMENT '数据源，关于应用或榜单的结论为空 | source that the finding is about, empty where it is about an app or a list';

-- +goose Down
ALTER TABLE finding DROP COLUMN source;
