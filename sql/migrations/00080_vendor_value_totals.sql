-- +goose Up
ALTER TABLE vendor_value ADD KEY vendor_value_totals (publication_id, dimension, measure);

-- +goose Down
ALTER TABLE vendor_value DROP KEY vendor_value_totals;
