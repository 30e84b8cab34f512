INSERT INTO panel_estimate (publication_id, app_id, dimension, member, replicate, devices, device_days, uses, seconds, n_devices)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
