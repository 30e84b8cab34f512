INSERT INTO panel_overlap (publication_id, app_a, app_b, replicate, devices, n_devices)
VALUES (?, ?, ?, ?, ?, ?)
