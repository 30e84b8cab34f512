-- E20 zh: 易捷加油 用户规模：月独立设备数、环比、同比
-- E20 en: 易捷加油, number of users: monthly unique devices, month on month, year on year
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e20 AS
SELECT v.month_start, v.app_name, v.mud_devices, v.mud_se_devices, ROUND(v.mud_devices / 10000, 1) AS mud_wan,
       v.mom_ratio, v.mom_se_ratio, v.yoy_ratio, v.yoy_se_ratio, v.source, v.revision, v.synthetic
  FROM v_app_month v
 WHERE v.app_id = 'yijiejiayou';
