-- zh: 2024年1月31日当天，铁路12306 2023年12月的数字是多少？
-- en: What was published of 铁路12306 for December 2023 as of 31 January 2024?
-- Times are UTC. The condition on published_at and superseded_at is that of every question as of an instant.
SELECT h.indicator, ROUND(h.value, 6) AS value, h.revision, h.superseded_at IS NULL AS is_still_in_force
  FROM v_indicator_history h
 WHERE h.app_id = 'tielu12306' AND h.month_start = '2023-12-01' AND h.source = 'vendor' AND h.dimension = 'all'
   AND h.indicator IN ('mud', 'mom')
   AND h.published_at <= '2024-01-31 23:59:59' AND (h.superseded_at IS NULL OR h.superseded_at > '2024-01-31 23:59:59')
 ORDER BY h.indicator DESC;
