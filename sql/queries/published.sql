-- Every number of a publication, whatever its table.
SELECT i.indicator, i.app_id, i.dimension, i.member, i.value, i.se, i.n_devices, i.basis, i.flags, i.at_month
  FROM indicator i
 WHERE i.publication_id = :id
UNION ALL
SELECT 'rank', r.app_id, 'list', r.list_name, CAST(r.place AS DECIMAL(30,10)), NULL, NULL, p.basis, '', NULL
  FROM ranking r
  JOIN publication p ON p.publication_id = r.publication_id
 WHERE r.publication_id = :id
UNION ALL
SELECT 'overlap_devices', o.app_a, 'with', o.app_b, o.both_devices, o.se_both_devices, o.n_devices, o.basis, o.flags, NULL
  FROM overlap o
 WHERE o.publication_id = :id
UNION ALL
SELECT 'exclusive_share', o.app_a, 'with', o.app_b, o.exclusive_a_ratio, o.se_exclusive_a_ratio, o.n_devices, o.basis, o.flags, NULL
  FROM overlap o
 WHERE o.publication_id = :id
UNION ALL
SELECT 'exclusive_share', o.app_b, 'with', o.app_a, o.exclusive_b_ratio, o.se_exclusive_b_ratio, o.n_devices, o.basis, o.flags, NULL
  FROM overlap o
 WHERE o.publication_id = :id
UNION ALL
SELECT 'overlap_rate', o.app_a, 'with', o.app_b, o.overlap_of_a_ratio, NULL, o.n_devices, o.basis, o.flags, NULL
  FROM overlap o
 WHERE o.publication_id = :id
UNION ALL
SELECT 'overlap_rate_union', o.app_a, 'with', o.app_b, o.overlap_of_union_ratio, NULL, o.n_devices, o.basis, o.flags, NULL
  FROM overlap o
 WHERE o.publication_id = :id
UNION ALL
SELECT 'hourly_share', h.app_id, 'hour', CONCAT(h.network, '/', h.hour), h.share_ratio, NULL, NULL, h.basis, 'as_delivered', NULL
  FROM hourly h
 WHERE h.publication_id = :id
