-- E06 zh: 交管12123 用户规模：月独立设备数、同比、为2020年1月的倍数、历史新高与年峰值
-- E06 en: 交管12123, number of users: monthly unique devices, year on year, multiple of January 2020, record highs and peak of the year
-- The error of the multiple takes the two months as independent: too large where the panel stayed.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e06 AS
SELECT v.month_start, v.app_name, v.mud_devices, v.mud_se_devices, ROUND(v.mud_devices / 10000, 1) AS mud_wan,
       v.yoy_ratio, v.yoy_se_ratio, CASE WHEN u.vendor = t.vendor AND u.definitions_version = t.definitions_version THEN v.mud_devices / b.mud_devices END AS ratio_to_2020_01,
       CASE WHEN u.vendor = t.vendor AND u.definitions_version = t.definitions_version
            THEN v.mud_devices / b.mud_devices * SQRT(POW(v.mud_se_devices / v.mud_devices, 2) + POW(b.mud_se_devices / b.mud_devices, 2)) END
            AS ratio_to_2020_01_se,
       v.is_record_high, v.annual_peak_devices, v.annual_peak_se_devices, v.annual_peak_month, v.source, v.revision, v.synthetic
  FROM v_app_month v
  JOIN v_month_terms t ON t.source = v.source AND t.month_start = v.month_start
  LEFT JOIN v_app_month b ON b.app_id = v.app_id AND b.month_start = '2020-01-01'
  LEFT JOIN v_month_terms u ON u.source = b.source AND u.month_start = b.month_start
 WHERE v.app_id = 'jiaoguan12123';
