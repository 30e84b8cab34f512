-- The 24-hour profiles of some apps from a month to another, as they stood at an instant.
SELECT STRAIGHT_JOIN h.app_id, 'hour' AS dimension, CONCAT(h.network, '/', h.hour) AS member, 'hourly_share' AS indicator,
       p.month_start, h.share_ratio AS value, NULL AS se, h.basis, '' AS tgi_base
  FROM publication p
  JOIN primary_series s ON s.source = p.source AND s.app_id IN (:apps)
  JOIN hourly h ON h.publication_id = p.publication_id AND h.app_id = s.app_id
 WHERE p.month_start BETWEEN :from AND :month
   AND p.published_at <= :known AND (p.superseded_at IS NULL OR p.superseded_at > :known)
 ORDER BY h.app_id, h.network, h.hour, p.month_start
