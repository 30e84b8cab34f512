-- E27 zh: 地方政务 APP TOP20榜：月总独立设备数（万台）、日均独立设备数（万台）、近6个月复合增长率（%）
-- E27 en: The twenty largest local-government apps: monthly and average daily unique devices in 万台, six-month compound growth in %
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e27 AS
SELECT v.month_start, v.place, v.app_name, v.region, v.mud_wan, v.dau_avg_wan, v.cagr6_percent,
       v.mud_devices, v.mud_se_devices, v.dau_avg_devices, v.dau_avg_devices / v.mud_devices AS stickiness_ratio,
       v.cagr6_ratio, v.cagr6_se_ratio, v.previous_place, v.place_change, v.state, v.app_id, v.source, v.revision, v.synthetic
  FROM v_top_list v
 WHERE v.list_name = '地方政务';
