-- One indicator over the members of a dimension, of some apps, from a month to
-- another and as it stood at an instant; with the base that TGI goes by.
SELECT STRAIGHT_JOIN i.app_id, i.dimension, i.member, i.indicator, p.month_start, i.value, i.se, i.basis, e.tgi_base
  FROM publication p
  JOIN etl_extract e ON e.extract_id = p.extract_id
  JOIN primary_series s ON s.source = p.source AND s.app_id IN (:apps)
  JOIN indicator i ON i.publication_id = p.publication_id AND i.indicator = :indicator AND i.app_id = s.app_id AND i.dimension = :dimension
 WHERE p.month_start BETWEEN :from AND :month
   AND p.published_at <= :known AND (p.superseded_at IS NULL OR p.superseded_at > :known)
   AND i.value IS NOT NULL
 ORDER BY i.app_id, i.member, p.month_start
