-- Three indicators of every app, up to a month and as they stood at an instant.
-- Each is looked up by its key.
SELECT STRAIGHT_JOIN i.app_id, i.dimension, i.member, i.indicator, p.month_start, i.value, i.se, i.basis
  FROM publication p
  JOIN primary_series s ON s.source = p.source
  JOIN dim_indicator d ON d.indicator IN ('mud', 'yoy', 'cagr6')
  JOIN indicator i ON i.publication_id = p.publication_id AND i.indicator = d.indicator AND i.app_id = s.app_id AND i.dimension = 'all'
 WHERE p.month_start <= :month AND p.published_at <= :known AND (p.superseded_at IS NULL OR p.superseded_at > :known)
   AND i.value IS NOT NULL
 ORDER BY app_id, dimension, member, indicator, month_start
