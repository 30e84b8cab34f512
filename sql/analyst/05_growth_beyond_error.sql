-- zh: 2023年12月哪些应用同比增长最快，且超出抽样误差？
-- en: Which apps grew fastest on the year in December 2023, beyond sampling error?
SELECT app_name, ROUND(100 * yoy_ratio, 1) AS yoy_percent, ROUND(100 * 1.96 * yoy_se_ratio, 1) AS plus_minus
  FROM v_app_month
 WHERE month_start = '2023-12-01' AND yoy_ratio > 1.96 * yoy_se_ratio
 ORDER BY yoy_ratio DESC, app_id
 LIMIT 10;
