-- One dimension of many months. The apps of each month are found by skipping along
-- the key, and looked up by it: a condition on the dimension alone would read the
-- months whole.
SELECT e.publication_id, e.app_id, e.dimension, e.member, e.replicate, e.devices, e.device_days, e.uses, e.seconds, e.n_devices
  FROM (SELECT t.publication_id, t.app_id FROM panel_estimate t WHERE t.publication_id IN (?)
         GROUP BY t.publication_id, t.app_id) a
  JOIN panel_estimate e ON e.publication_id = a.publication_id AND e.app_id = a.app_id
 WHERE e.dimension = ?
