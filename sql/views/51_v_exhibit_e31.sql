-- E31 zh: 云闪付 TOP15 省份：独立设备数（万台）、TGI、单机单日使用次数（次）、单机单日有效时间（分）
-- E31 en: 云闪付, the fifteen largest provinces: unique devices in 万台, TGI, uses and minutes per device and day of use
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e31 AS
SELECT v.month_start, v.app_name, v.place, v.province, ROUND(v.mud_devices / 10000, 1) AS mud_wan, ROUND(v.tgi, 1) AS tgi_printed,
       ROUND(v.uses_per_device_day, 1) AS uses_printed, ROUND(v.minutes_per_device_day, 1) AS minutes_printed,
       v.mud_devices, v.mud_se_devices, v.tgi, v.tgi_se, v.uses_per_device_day, v.minutes_per_device_day, v.source, v.revision, v.synthetic
  FROM (SELECT s.month_start, s.app_name, s.member AS province, s.mud_devices, s.mud_se_devices, s.tgi, s.tgi_se,
               s.uses_per_device_day, s.minutes_per_device_day, s.source, s.revision, s.synthetic,
               ROW_NUMBER() OVER (PARTITION BY s.month_start ORDER BY s.mud_devices DESC, s.member) AS place
          FROM v_app_segment s
         WHERE s.app_id = 'yunshanfu' AND s.dimension = 'province' AND s.member <> '未知' AND s.mud_devices IS NOT NULL) v
 WHERE v.place <= 15;
