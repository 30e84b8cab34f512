-- zh: 供应商汇总表与设备级样本相差多少，差异是否超出误差？
-- en: How far apart are the vendor's table and the panel, and is it beyond the panel's error?
SELECT v.app_name, ROUND(v.value / 10000, 1) AS vendor_wan, ROUND(p.value / 10000, 1) AS panel_wan,
       ROUND(1.96 * p.se / 10000, 1) AS panel_plus_minus, p.n_devices,
       CASE WHEN ABS(v.value - p.value) > 1.96 * SQRT(POW(p.se, 2) + POW(COALESCE(v.se, 0), 2)) THEN 'yes' ELSE 'no' END AS beyond_error
  FROM v_indicator_all_sources v
  JOIN v_indicator_all_sources p ON p.month_start = v.month_start AND p.indicator = v.indicator AND p.app_id = v.app_id
   AND p.dimension = v.dimension AND p.member = v.member AND p.source = 'panel'
 WHERE v.source = 'vendor' AND v.indicator = 'mud' AND v.dimension = 'all' AND v.month_start = '2023-12-01' AND v.value > 50000000
 ORDER BY v.value DESC;
