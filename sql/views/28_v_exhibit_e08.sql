-- E08 zh: 交管12123 用户画像：月独立设备数 TOP6 省份，是否超过1000万台
-- E08 en: 交管12123, profile: the six largest provinces by monthly unique devices, and whether above 1000万台
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e08 AS
SELECT v.month_start, v.app_name, v.place, v.province, v.mud_devices, v.mud_se_devices,
       ROUND(v.mud_devices / 10000, 1) AS mud_wan, v.mud_devices > 10000000 AS is_above_1000_wan, v.share_ratio, v.source, v.revision, v.synthetic
  FROM (SELECT s.month_start, s.app_name, s.member AS province, s.mud_devices, s.mud_se_devices, s.share_ratio, s.source, s.revision, s.synthetic,
               ROW_NUMBER() OVER (PARTITION BY s.month_start ORDER BY s.mud_devices DESC, s.member) AS place
          FROM v_app_segment s
         WHERE s.app_id = 'jiaoguan12123' AND s.dimension = 'province' AND s.member <> '未知' AND s.mud_devices IS NOT NULL) v
 WHERE v.place <= 6;
