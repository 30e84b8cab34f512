-- 24-hour profiles in every publication ever made; as of an instant as in
-- v_indicator_history.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_hourly_history AS
SELECT p.source, p.month_start, p.revision, p.reading, p.published_at, p.superseded_at,
       h.app_id, a.name_zh AS app_name, h.network, h.hour, h.share_ratio, h.basis,
       p.publication_id, p.flags AS publication_flags,
       CASE WHEN s.source = p.source THEN 1 ELSE 0 END AS is_primary
  FROM publication p
  JOIN hourly h ON h.publication_id = p.publication_id
  JOIN dim_app a ON a.app_id = h.app_id
  LEFT JOIN primary_series s ON s.app_id = h.app_id;
