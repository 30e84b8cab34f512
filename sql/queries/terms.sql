-- By what terms each app's months were counted, from the source that speaks for
-- it, as it stood at an instant.
SELECT s.app_id, p.month_start, e.vendor, e.definitions_version, e.tier_list_year
  FROM primary_series s
  JOIN publication p ON p.source = s.source
  JOIN etl_extract e ON e.extract_id = p.extract_id
 WHERE p.month_start <= :month AND p.published_at <= :known AND (p.superseded_at IS NULL OR p.superseded_at > :known)
 ORDER BY s.app_id, p.month_start
