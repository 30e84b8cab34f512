-- zh: 24小时活跃分布，北京时间
-- en: 24-hour profile, China Standard Time
-- 24-hour profile: share of the day's device-hours, China Standard Time.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_hourly AS
SELECT p.source, p.month_start, h.app_id, a.name_zh AS app_name, h.network, h.hour, h.share_ratio, h.basis,
       p.revision, e.synthetic, p.publication_id,
       CONCAT(p.publication_id, '-', LEFT(SHA2(CONCAT_WS('|', 'hourly_share', h.app_id, 'hour', CONCAT(h.network, '/', h.hour)), 256), 12)) AS trace_id
  FROM current_publication c
  JOIN publication p ON p.publication_id = c.publication_id
  JOIN etl_extract e ON e.extract_id = p.extract_id
  JOIN hourly h ON h.publication_id = p.publication_id
  JOIN dim_app a ON a.app_id = h.app_id
  JOIN primary_series s ON s.app_id = h.app_id AND s.source = p.source;
