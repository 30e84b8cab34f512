-- zh: 历次发布的24小时活跃分布，北京时间，含已被取代者
-- en: 24-hour profiles of every publication ever made, China Standard Time
-- What was in force at an instant t has
-- published_at <= t AND (superseded_at IS NULL OR superseded_at > t).
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_hourly_history AS
SELECT p.source, p.month_start, p.revision, p.reading, p.published_at, p.superseded_at,
       h.app_id, a.name_zh AS app_name, h.network, h.hour, h.share_ratio, h.basis,
       p.publication_id, p.flags AS publication_flags,
       CONCAT(p.publication_id, '-', LEFT(SHA2(CONCAT_WS('|', 'hourly_share', h.app_id, 'hour', CONCAT(h.network, '/', h.hour)), 256), 12)) AS trace_id,
       CASE WHEN s.source = p.source THEN 1 ELSE 0 END AS is_primary
  FROM publication p
  JOIN hourly h ON h.publication_id = p.publication_id
  JOIN dim_app a ON a.app_id = h.app_id
  LEFT JOIN primary_series s ON s.app_id = h.app_id;
