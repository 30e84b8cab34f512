INSERT INTO dim_app_name (name, valid_from, valid_to, app_id, catalogue_version)
VALUES (?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE valid_to = VALUES(valid_to), app_id = VALUES(app_id), catalogue_version = VALUES(catalogue_version)
