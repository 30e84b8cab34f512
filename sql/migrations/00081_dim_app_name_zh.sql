-- +goose Up
ALTER TABLE dim_app ADD KEY dim_app_name_zh (name_zh);

-- +goose Down
ALTER TABLE dim_app DROP KEY dim_app_name_zh;
