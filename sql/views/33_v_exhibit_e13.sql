-- E13 zh: 铁路12306 一线城市用户规模：北京、上海、广州、深圳的月独立设备数及小高峰（高于前后两月）
-- E13 en: 铁路12306, first-tier cities: monthly unique devices of 北京, 上海, 广州, 深圳, and local peaks (above the months before and after)
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e13 AS
SELECT v.month_start, v.app_name, v.member AS city, v.mud_devices, v.mud_se_devices, ROUND(v.mud_devices / 10000, 1) AS mud_wan,
       CASE WHEN v.before_month = v.month_start - INTERVAL 1 MONTH AND v.after_month = v.month_start + INTERVAL 1 MONTH
            THEN v.mud_devices > v.before_devices AND v.mud_devices > v.after_devices END AS is_local_peak, v.source, v.revision, v.synthetic
  FROM (SELECT s.month_start, s.app_name, s.member, s.mud_devices, s.mud_se_devices, s.source, s.revision, s.synthetic,
               LAG(s.month_start) OVER (PARTITION BY s.member ORDER BY s.month_start) AS before_month,
               LAG(s.mud_devices) OVER (PARTITION BY s.member ORDER BY s.month_start) AS before_devices,
               LEAD(s.month_start) OVER (PARTITION BY s.member ORDER BY s.month_start) AS after_month,
               LEAD(s.mud_devices) OVER (PARTITION BY s.member ORDER BY s.month_start) AS after_devices
          FROM v_app_segment s
         WHERE s.app_id = 'tielu12306' AND s.dimension = 'city' AND s.mud_devices IS NOT NULL) v;
