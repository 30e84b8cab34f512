-- E02 zh: 细分行业·交通：铁路12306、交管12123 的月独立设备数（亿台）、历史新高与当年峰值
-- E02 en: Headline transport: monthly unique devices of 铁路12306 and 交管12123 in 亿台, record highs and the peak of the year so far
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e02 AS
SELECT v.month_start, v.app_name, v.mud_devices, v.mud_se_devices, ROUND(v.mud_devices / 100000000, 2) AS mud_yi,
       v.is_record_high, v.annual_peak_devices, v.annual_peak_se_devices, v.annual_peak_month, v.source, v.revision, v.synthetic
  FROM v_app_month v
 WHERE v.app_id IN ('tielu12306', 'jiaoguan12123');
