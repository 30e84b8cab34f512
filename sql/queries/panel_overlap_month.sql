SELECT app_a, app_b, replicate, devices, n_devices
  FROM panel_overlap
 WHERE publication_id = ?
