-- zh: 交管12123 与 网上国网 的省份集中度（TOP5占比）逐年如何？
-- en: How concentrated are 交管12123 and 网上国网 on their five largest provinces, year by year?
SELECT app_name, YEAR(month_start) AS of_year, ROUND(100 * value, 1) AS top5_percent, ROUND(100 * 1.96 * se, 1) AS plus_minus
  FROM v_indicator
 WHERE indicator = 'top_share' AND dimension = 'province' AND app_id IN ('jiaoguan12123', 'wangshangguowang') AND MONTH(month_start) = 12
 ORDER BY app_id, month_start;
