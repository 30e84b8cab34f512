INSERT INTO hourly (publication_id, app_id, network, hour, share_ratio, basis)
VALUES (?, ?, ?, ?, ?, ?)
