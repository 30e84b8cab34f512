-- zh: 2023年12月地方政务TOP20，附95%置信区间？
-- en: The twenty largest local-government apps of December 2023, with 95 % intervals?
SELECT place, app_name, region, mud_wan,
       ROUND((mud_devices - 1.96 * mud_se_devices) / 10000, 1) AS low_wan,
       ROUND((mud_devices + 1.96 * mud_se_devices) / 10000, 1) AS high_wan,
       cagr6_percent, ROUND(100 * 1.96 * cagr6_se_ratio, 1) AS cagr6_plus_minus
  FROM v_top_list
 WHERE list_name = '地方政务' AND month_start = '2023-12-01'
 ORDER BY place, app_id;
