SELECT publication_id, app_id, dimension, member, replicate, devices, device_days, uses, seconds, n_devices
  FROM panel_estimate
 WHERE publication_id IN (?) AND dimension IN (?)
