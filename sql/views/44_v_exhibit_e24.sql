-- E24 zh: 个人所得税 渗透率趋势：各年全网渗透率峰值（%）及较三年前变化（百分点）；各级城市占比（%）
-- E24 en: 个人所得税, trend of penetration: peak of each year in % and change on three years before in pp; shares of the city tiers in %
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e24 AS
SELECT CAST(CONCAT(n.of_year, '-12-01') AS DATE) AS month_start, n.app_name, 'all' AS dimension, 'all' AS member, 'peak_penetration' AS measure,
       n.peak AS ratio, ROUND(100 * n.peak, 1) AS percent, ROUND(100 * (n.peak - b.peak), 1) AS change_on_three_years_pp, n.synthetic
  FROM (SELECT YEAR(x.month_start) AS of_year, x.app_name, MAX(x.penetration_all_ratio) AS peak, MAX(x.synthetic) AS synthetic
          FROM v_app_month x WHERE x.app_id = 'geshui' GROUP BY YEAR(x.month_start), x.app_name HAVING COUNT(x.penetration_all_ratio) = 12) n
  LEFT JOIN (SELECT YEAR(x.month_start) AS of_year, MAX(x.penetration_all_ratio) AS peak
          FROM v_app_month x WHERE x.app_id = 'geshui' GROUP BY YEAR(x.month_start) HAVING COUNT(x.penetration_all_ratio) = 12) b
    ON b.of_year = n.of_year - 3
 UNION ALL
SELECT v.month_start, v.app_name, v.dimension, v.member, 'share',
       v.share_ratio, ROUND(100 * v.share_ratio, 1), NULL, v.synthetic
  FROM v_app_segment v
 WHERE v.app_id = 'geshui' AND v.dimension = 'city_tier' AND v.share_ratio IS NOT NULL;
