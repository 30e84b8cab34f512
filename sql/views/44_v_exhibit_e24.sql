-- E24 zh: 个人所得税 渗透率趋势：各年全网渗透率峰值（%）及较三年前变化（百分点）；各级城市占比（%）
-- E24 en: 个人所得税, trend of penetration: peak of each year in % and change on three years before in pp; shares of the city tiers in %
-- The error of the change takes the two months as independent: too large where the panel stayed.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e24 AS
WITH peaks AS (
SELECT x.app_id, x.app_name, YEAR(x.month_start) AS of_year, x.penetration_all_ratio AS peak, x.penetration_all_se_ratio AS se,
       CONCAT_WS('|', t.vendor, t.definitions_version) AS terms, x.synthetic,
       COUNT(x.penetration_all_ratio) OVER (PARTITION BY x.app_id, YEAR(x.month_start)) AS months,
       ROW_NUMBER() OVER (PARTITION BY x.app_id, YEAR(x.month_start) ORDER BY x.penetration_all_ratio DESC, x.month_start) AS nth
  FROM v_app_month x
  JOIN v_month_terms t ON t.source = x.source AND t.month_start = x.month_start
 WHERE x.app_id IN ('geshui'))
SELECT CAST(CONCAT(n.of_year, '-12-01') AS DATE) AS month_start, n.app_name, 'all' AS dimension, 'all' AS member, 'peak_penetration' AS measure,
       n.peak AS ratio, n.se AS se_ratio, ROUND(100 * n.peak, 1) AS percent, ROUND(100 * (n.peak - b.peak), 1) AS change_on_three_years_pp,
       100 * SQRT(n.se * n.se + b.se * b.se) AS change_on_three_years_se_pp, n.synthetic
  FROM peaks n
  LEFT JOIN peaks b ON b.of_year = n.of_year - 3 AND b.nth = 1 AND b.months = 12 AND b.terms = n.terms
 WHERE n.nth = 1 AND n.months = 12
 UNION ALL
SELECT v.month_start, v.app_name, v.dimension, v.member, 'share',
       v.share_ratio, v.share_se_ratio, ROUND(100 * v.share_ratio, 1), NULL, NULL, v.synthetic
  FROM v_app_segment v
 WHERE v.app_id = 'geshui' AND v.dimension = 'city_tier' AND v.share_ratio IS NOT NULL;
