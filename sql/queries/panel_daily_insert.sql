INSERT INTO panel_daily (publication_id, app_id, day, devices, se_devices, n_devices)
VALUES (?, ?, ?, ?, ?, ?)
