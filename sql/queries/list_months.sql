-- Places of all members of the lists in the months compared, as they stood at an
-- instant.
SELECT r.list_name, r.month_start, r.place, r.app_id, r.app_name, r.region, r.mud_devices, r.mud_se_devices,
       p.basis, d.value AS dau_avg_devices, g.value AS cagr6_ratio
  FROM v_rank_history r
  JOIN publication p ON p.publication_id = r.publication_id
  LEFT JOIN indicator d ON d.publication_id = r.publication_id AND d.indicator = 'dau_avg'
   AND d.app_id = r.app_id AND d.dimension = 'all' AND d.member = 'all'
  LEFT JOIN indicator g ON g.publication_id = r.publication_id AND g.indicator = 'cagr6'
   AND g.app_id = r.app_id AND g.dimension = 'all' AND g.member = 'all'
 WHERE r.is_primary = 1 AND r.month_start IN (:months)
   AND r.published_at <= :known AND (r.superseded_at IS NULL OR r.superseded_at > :known)
 ORDER BY r.list_name, r.month_start, r.place, r.app_id
