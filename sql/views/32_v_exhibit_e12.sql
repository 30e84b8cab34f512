-- E12 zh: 铁路12306 用户规模：月独立设备数、环比、同比、历史新高
-- E12 en: 铁路12306, number of users: monthly unique devices, month on month, year on year, record highs
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e12 AS
SELECT v.month_start, v.app_name, v.mud_devices, v.mud_se_devices, ROUND(v.mud_devices / 10000, 1) AS mud_wan,
       ROUND(v.mud_devices / 100000000, 2) AS mud_yi, v.mom_ratio, v.mom_se_ratio, v.yoy_ratio, v.yoy_se_ratio,
       v.is_record_high, v.source, v.revision, v.synthetic
  FROM v_app_month v
 WHERE v.app_id = 'tielu12306';
