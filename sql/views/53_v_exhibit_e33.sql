-- E33 zh: 六家国有银行手机银行 用户规模趋势：月独立设备数、同比、名次
-- E33 en: The six state banks' apps, number of users: monthly unique devices, year on year, place among them
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e33 AS
SELECT v.month_start, v.app_name, v.mud_devices, v.mud_se_devices, ROUND(v.mud_devices / 10000, 1) AS mud_wan,
       v.yoy_ratio, v.yoy_se_ratio, r.place, v.source, v.revision, v.synthetic
  FROM v_rank r
  JOIN v_app_month v ON v.app_id = r.app_id AND v.month_start = r.month_start
 WHERE r.list_name = '国有大行';
