-- E15 zh: 网上国网 用户画像：月独立设备数 TOP5 省份，TGI，TOP5 合计占比（%）
-- E15 en: 网上国网, profile: the five largest provinces by monthly unique devices, TGI, and their part of the app in %
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e15 AS
SELECT v.month_start, v.app_name, v.place, v.province, ROUND(v.mud_devices / 10000, 1) AS mud_wan, ROUND(v.tgi, 1) AS tgi_printed,
       v.mud_devices, v.mud_se_devices, v.tgi, v.tgi_se,
       v.top_share_ratio, ROUND(100 * v.top_share_ratio, 1) AS top_share_percent, v.source, v.revision, v.synthetic
  FROM (SELECT s.month_start, s.app_name, s.member AS province, s.mud_devices, s.mud_se_devices, s.tgi, s.tgi_se,
               s.source, s.revision, s.synthetic,
               MAX(s.top_share_ratio) OVER (PARTITION BY s.month_start) AS top_share_ratio,
               ROW_NUMBER() OVER (PARTITION BY s.month_start ORDER BY s.mud_devices DESC, s.member) AS place
          FROM v_app_segment s
         WHERE s.app_id = 'wangshangguowang' AND s.dimension = 'province' AND s.member <> '未知') v
 WHERE v.place <= 5 AND v.mud_devices IS NOT NULL;
