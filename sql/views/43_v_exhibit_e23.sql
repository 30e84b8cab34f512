-- E23 zh: 个人所得税 用户规模：月独立设备数、同比、历史新高、年峰值；年均值及对比前三年均值
-- E23 en: 个人所得税, number of users: monthly unique devices, year on year, record highs, peak of the year; mean of the year and its change on the mean of the three years before
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e23 AS
SELECT v.month_start, v.app_name, v.mud_devices, v.mud_se_devices, ROUND(v.mud_devices / 10000, 1) AS mud_wan,
       ROUND(v.mud_devices / 100000000, 1) AS mud_yi, v.mom_ratio, v.mom_se_ratio, v.yoy_ratio, v.yoy_se_ratio, v.is_record_high,
       v.annual_peak_devices, v.annual_peak_se_devices, v.annual_peak_month, y.value AS annual_mean_devices, y.se AS annual_mean_se_devices,
       c.value AS annual_mean_change_ratio, c.se AS annual_mean_change_se_ratio, v.source, v.revision, v.synthetic
  FROM v_app_month v
  LEFT JOIN v_indicator y ON y.indicator = 'annual_mean' AND y.app_id = v.app_id AND y.dimension = 'all' AND y.member = 'all'
   AND y.month_start = CAST(CONCAT(YEAR(v.month_start), '-12-01') AS DATE)
  LEFT JOIN v_indicator c ON c.indicator = 'annual_mean_change' AND c.app_id = v.app_id AND c.dimension = 'all' AND c.member = 'all'
   AND c.month_start = CAST(CONCAT(YEAR(v.month_start), '-12-01') AS DATE)
 WHERE v.app_id = 'geshui';
