-- What stands behind each month of the sources that speak for some app, up to a
-- month and as it stood at an instant. Microdata have the sample's own count.
SELECT p.source, p.month_start, p.basis, e.vendor, e.definitions_version, e.tier_list_year,
       COALESCE(x.n_devices, e.panel_size) AS n, x.devices AS weights, e.universe_devices, e.deff
  FROM publication p
  JOIN etl_extract e ON e.extract_id = p.extract_id
  LEFT JOIN panel_estimate x ON x.publication_id = p.facts_id AND x.app_id = '*'
   AND x.dimension = 'all' AND x.member = 'all' AND x.replicate = 0
 WHERE p.source IN (SELECT s.source FROM primary_series s)
   AND p.month_start <= :month AND p.published_at <= :known AND (p.superseded_at IS NULL OR p.superseded_at > :known)
 ORDER BY p.source, p.month_start
