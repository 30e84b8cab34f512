-- How many rows a publication has is counted on 200 pages instead of 20: few
-- publications with many rows each are otherwise taken for many with few, and
-- whole publications are read for the sake of one app.
-- +goose Up
ALTER TABLE indicator STATS_SAMPLE_PAGES = 200;

-- +goose Down
ALTER TABLE indicator STATS_SAMPLE_PAGES = DEFAULT;
