-- zh: 榜单，按报告印刷口径：万台、百分数，一位小数
-- en: The lists as the report prints them: 万台 and percent with one decimal
-- The lists as the report prints them: 万台 and percent with one decimal.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_top_list AS
SELECT r.month_start, r.list_name, r.place, r.app_name, r.region,
       ROUND(r.mud_devices / 10000, 1) AS mud_wan,
       ROUND(d.value / 10000, 1) AS dau_avg_wan,
       ROUND(g.value * 100, 1) AS cagr6_percent,
       r.mud_devices, r.mud_se_devices, d.value AS dau_avg_devices,
       g.value AS cagr6_ratio, g.se AS cagr6_se_ratio,
       r.previous_place, r.place_change, r.state, r.app_id, r.source, r.revision, r.synthetic, r.trace_id
  FROM v_rank r
  LEFT JOIN indicator d ON d.publication_id = r.publication_id AND d.indicator = 'dau_avg'
   AND d.app_id = r.app_id AND d.dimension = 'all' AND d.member = 'all'
  LEFT JOIN indicator g ON g.publication_id = r.publication_id AND g.indicator = 'cagr6'
   AND g.app_id = r.app_id AND g.dimension = 'all' AND g.member = 'all'
 WHERE r.is_in_list = 1;
