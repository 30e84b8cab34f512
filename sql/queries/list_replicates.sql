-- The replicates of list members in some months, as they stood at an instant.
SELECT p.month_start, e.app_id, e.replicate, e.devices
  FROM publication p
  JOIN panel_estimate e ON e.publication_id = p.facts_id
  JOIN primary_series s ON s.app_id = e.app_id AND s.source = p.source
 WHERE p.month_start IN (:months) AND p.published_at <= :known AND (p.superseded_at IS NULL OR p.superseded_at > :known)
   AND e.dimension = 'all' AND e.app_id IN (SELECT l.app_id FROM dim_list_member l)
