-- The lists as the report prints them: 万台 and percent with one decimal.
CREATE OR REPLACE SQL SECURITY INVOKER VIEW v_top_list AS
SELECT r.month_start, r.list_name, r.place, r.app_name, r.region,
       ROUND(r.mud_devices / 10000, 1) AS mud_wan,
       ROUND(m.dau_avg_devices / 10000, 1) AS dau_avg_wan,
       ROUND(m.cagr6_ratio * 100, 1) AS cagr6_percent,
       r.mud_devices, r.mud_se_devices, m.dau_avg_devices, m.cagr6_ratio, m.cagr6_se_ratio,
       r.previous_place, r.place_change, r.state, r.app_id, r.source, r.revision, r.synthetic
  FROM v_rank r
  LEFT JOIN v_app_month m
    ON m.app_id = r.app_id AND m.month_start = r.month_start AND m.source = r.source
 WHERE r.is_in_list = 1;
