-- E18 zh: 中油好客e站 用户规模：月独立设备数，是否超过700万台
-- E18 en: 中油好客e站, number of users: monthly unique devices, and whether above 700万台
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e18 AS
SELECT v.month_start, v.app_name, v.mud_devices, v.mud_se_devices, ROUND(v.mud_devices / 10000, 1) AS mud_wan,
       v.mud_devices > 7000000 AS is_above_700_wan, v.mom_ratio, v.mom_se_ratio, v.yoy_ratio, v.yoy_se_ratio, v.source, v.revision, v.synthetic
  FROM v_app_month v
 WHERE v.app_id = 'zhongyouhaoke';
