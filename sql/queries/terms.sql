-- By what terms each app's months were counted, from the source that speaks for it.
SELECT s.app_id, p.month_start, e.vendor, e.definitions_version, e.tier_list_year
  FROM primary_series s
  JOIN publication p ON p.source = s.source
  JOIN current_publication c ON c.publication_id = p.publication_id
  JOIN etl_extract e ON e.extract_id = p.extract_id
 WHERE p.month_start <= ?
 ORDER BY s.app_id, p.month_start
