-- zh: 历次发布的重合与独占设备，含已被取代者
-- en: Devices that two apps share, of every publication ever made
-- What was in force at an instant t has
-- published_at <= t AND (superseded_at IS NULL OR superseded_at > t).
-- is_primary is about app A.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_overlap_history AS
SELECT p.source, p.month_start, p.revision, p.reading, p.published_at, p.superseded_at,
       o.app_a, a.name_zh AS app_a_name, o.app_b, b.name_zh AS app_b_name,
       o.both_devices, o.se_both_devices, o.exclusive_a_ratio, o.se_exclusive_a_ratio,
       o.exclusive_b_ratio, o.se_exclusive_b_ratio, o.overlap_of_a_ratio, o.overlap_of_union_ratio,
       o.n_devices, o.basis, o.flags, p.publication_id, p.flags AS publication_flags,
       CONCAT(p.publication_id, '-', LEFT(SHA2(CONCAT_WS('|', 'overlap_devices', o.app_a, 'with', o.app_b), 256), 12)) AS trace_id,
       CASE WHEN s.source = p.source THEN 1 ELSE 0 END AS is_primary
  FROM publication p
  JOIN overlap o ON o.publication_id = p.publication_id
  JOIN dim_app a ON a.app_id = o.app_a
  JOIN dim_app b ON b.app_id = o.app_b
  LEFT JOIN primary_series s ON s.app_id = o.app_a;
