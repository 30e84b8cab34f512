INSERT INTO primary_series (app_id, source)
VALUES (?, ?)
ON DUPLICATE KEY UPDATE source = VALUES(source)
