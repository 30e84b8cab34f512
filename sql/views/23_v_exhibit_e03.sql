-- E03 zh: 细分行业·基础设施：中油好客e站、易捷加油的规模，网上国网各省，易捷加油各级城市
-- E03 en: Headline infrastructure: 中油好客e站 and 易捷加油 as a whole, 网上国网 by province, 易捷加油 by city tier
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e03 AS
SELECT v.month_start, v.app_name, 'all' AS dimension, 'all' AS member, v.mud_devices, v.mud_se_devices,
       ROUND(v.mud_devices / 10000, 1) AS mud_wan, NULL AS share_ratio, v.source, v.revision, v.synthetic
  FROM v_app_month v
 WHERE v.app_id IN ('zhongyouhaoke', 'yijiejiayou')
 UNION ALL
SELECT v.month_start, v.app_name, v.dimension, v.member, v.mud_devices, v.mud_se_devices,
       ROUND(v.mud_devices / 10000, 1), v.share_ratio, v.source, v.revision, v.synthetic
  FROM v_app_segment v
 WHERE v.app_id = 'wangshangguowang' AND v.dimension = 'province' AND v.mud_devices IS NOT NULL
 UNION ALL
SELECT v.month_start, v.app_name, v.dimension, v.member, v.mud_devices, v.mud_se_devices,
       ROUND(v.mud_devices / 10000, 1), v.share_ratio, v.source, v.revision, v.synthetic
  FROM v_app_segment v
 WHERE v.app_id = 'yijiejiayou' AND v.dimension = 'city_tier' AND v.mud_devices IS NOT NULL;
