-- zh: 两个应用的重合与独占设备
-- en: Devices that two apps share, and what each has for itself
-- Devices that two apps share, and what each has for itself.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_overlap AS
SELECT p.source, p.month_start, o.app_a, a.name_zh AS app_a_name, o.app_b, b.name_zh AS app_b_name,
       o.both_devices, o.se_both_devices, o.exclusive_a_ratio, o.se_exclusive_a_ratio,
       o.exclusive_b_ratio, o.se_exclusive_b_ratio, o.overlap_of_a_ratio, o.overlap_of_union_ratio,
       o.n_devices, o.basis, o.flags, p.revision, e.synthetic, p.publication_id,
       CONCAT(p.publication_id, '-', LEFT(SHA2(CONCAT_WS('|', 'overlap_devices', o.app_a, 'with', o.app_b), 256), 12)) AS trace_id
  FROM current_publication c
  JOIN publication p ON p.publication_id = c.publication_id
  JOIN etl_extract e ON e.extract_id = p.extract_id
  JOIN overlap o ON o.publication_id = p.publication_id
  JOIN dim_app a ON a.app_id = o.app_a
  JOIN dim_app b ON b.app_id = o.app_b
  JOIN primary_series s ON s.app_id = o.app_a AND s.source = p.source;
