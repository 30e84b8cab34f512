-- zh: 2024年1月31日当天，2023年12月地方政务前五名是哪些，现在各在第几位？
-- en: Which were the first five local-government apps of December 2023 as of 31 January 2024, and where are they now?
SELECT h.place, h.app_name, ROUND(h.mud_devices / 10000, 1) AS mud_wan, h.revision, r.place AS place_now, r.revision AS revision_now
  FROM v_rank_history h
  JOIN v_rank r ON r.month_start = h.month_start AND r.list_name = h.list_name AND r.app_id = h.app_id
 WHERE h.list_name = '地方政务' AND h.month_start = '2023-12-01' AND h.is_primary = 1 AND h.place <= 5
   AND h.published_at <= '2024-01-31 23:59:59' AND (h.superseded_at IS NULL OR h.superseded_at > '2024-01-31 23:59:59')
 ORDER BY h.place, h.app_id;
