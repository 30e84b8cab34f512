-- E23 zh: 个人所得税 用户规模：月独立设备数、同比、历史新高、年峰值；年均值及对比前三年均值
-- E23 en: 个人所得税, number of users: monthly unique devices, year on year, record highs, peak of the year; mean of the year and its change on the mean of the three years before
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e23 AS
SELECT v.month_start, v.app_name, v.mud_devices, v.mud_se_devices, ROUND(v.mud_devices / 10000, 1) AS mud_wan,
       ROUND(v.mud_devices / 100000000, 1) AS mud_yi, v.mom_ratio, v.mom_se_ratio, v.yoy_ratio, v.yoy_se_ratio, v.is_record_high,
       v.annual_peak_devices, v.annual_peak_month, y.mean_devices AS annual_mean_devices,
       CASE WHEN COUNT(b.of_year) = 3 THEN y.mean_devices / AVG(b.mean_devices) - 1 END AS annual_mean_change_ratio, v.source, v.revision, v.synthetic
  FROM v_app_month v
  LEFT JOIN (SELECT x.app_id, YEAR(x.month_start) AS of_year, AVG(x.mud_devices) AS mean_devices
               FROM v_app_month x WHERE x.app_id = 'geshui'
              GROUP BY x.app_id, YEAR(x.month_start) HAVING COUNT(x.mud_devices) = 12) y
    ON y.app_id = v.app_id AND y.of_year = YEAR(v.month_start)
  LEFT JOIN (SELECT x.app_id, YEAR(x.month_start) AS of_year, AVG(x.mud_devices) AS mean_devices
               FROM v_app_month x WHERE x.app_id = 'geshui'
              GROUP BY x.app_id, YEAR(x.month_start) HAVING COUNT(x.mud_devices) = 12) b
    ON b.app_id = v.app_id AND b.of_year BETWEEN YEAR(v.month_start) - 3 AND YEAR(v.month_start) - 1
 WHERE v.app_id = 'geshui'
 GROUP BY v.month_start, v.app_name, v.mud_devices, v.mud_se_devices, v.mom_ratio, v.mom_se_ratio, v.yoy_ratio, v.yoy_se_ratio,
          v.is_record_high, v.annual_peak_devices, v.annual_peak_month, y.mean_devices, v.source, v.revision, v.synthetic;
