SELECT p.month_start, e.app_id, e.replicate, e.devices
  FROM current_publication c
  JOIN publication p ON p.publication_id = c.publication_id
  JOIN panel_estimate e ON e.publication_id = p.facts_id
  JOIN primary_series s ON s.app_id = e.app_id AND s.source = p.source
 WHERE p.month_start IN (?) AND e.dimension = 'all' AND e.app_id IN (SELECT l.app_id FROM dim_list_member l)
