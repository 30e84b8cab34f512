-- Every publication ever made. As of an instant t it says
--   published_at <= t AND (superseded_at IS NULL OR superseded_at > t)
-- and of all sources: is_primary marks the one that speaks for the app today.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_indicator_history AS
SELECT p.source, p.month_start, p.revision, p.published_at, p.superseded_at,
       i.indicator, i.app_id, i.dimension, i.member,
       i.value, i.se, i.n_devices, i.basis, i.flags, i.at_month, p.publication_id,
       p.reading, p.flags AS publication_flags,
       CONCAT(p.publication_id, '-', LEFT(SHA2(CONCAT_WS('|', i.indicator, i.app_id, i.dimension, i.member), 256), 12)) AS trace_id,
       CASE WHEN s.source = p.source THEN 1 ELSE 0 END AS is_primary
  FROM publication p
  JOIN indicator i ON i.publication_id = p.publication_id
  LEFT JOIN primary_series s ON s.app_id = i.app_id;
