INSERT INTO indicator (publication_id, indicator, app_id, dimension, member, value, se, n_devices, basis, flags, at_month)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
