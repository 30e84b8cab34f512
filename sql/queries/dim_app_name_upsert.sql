INSERT INTO dim_app_name (name, app_id, catalogue_version)
VALUES (?, ?, ?)
ON DUPLICATE KEY UPDATE app_id = VALUES(app_id), catalogue_version = VALUES(catalogue_version)
