-- +goose Up
ALTER TABLE ranking MODIFY COLUMN place_change INT NULL COMMENT '排名变化：上月名次减本月名次，正数为上升 | change of rank: previous rank minus rank, positive = risen';

-- +goose Down
ALTER TABLE ranking MODIFY COLUMN place_change INT NULL COMMENT '名次变化，正数为上升 | previous rank minus rank, positive = risen';
