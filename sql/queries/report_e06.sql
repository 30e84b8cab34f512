-- E06 of the report.
SELECT v.month_start, v.app_name, v.mud_devices, v.mud_se_devices, v.yoy_ratio, v.yoy_se_ratio, v.ratio_to_2020_01, v.ratio_to_2020_01_se,
       v.is_record_high, v.annual_peak_devices, v.annual_peak_se_devices, v.annual_peak_month, v.source, v.revision
  FROM v_exhibit_e06 v
 WHERE v.month_start BETWEEN :from AND :to
 ORDER BY v.month_start
