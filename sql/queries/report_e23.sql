-- E23 of the report.
SELECT v.month_start, v.app_name, v.mud_devices, v.mud_se_devices, v.mom_ratio, v.mom_se_ratio, v.yoy_ratio, v.yoy_se_ratio, v.is_record_high, v.annual_peak_devices, v.annual_peak_se_devices, v.annual_peak_month, v.annual_mean_devices, v.annual_mean_se_devices,
       v.annual_mean_change_ratio, v.annual_mean_change_se_ratio, v.source, v.revision
  FROM v_exhibit_e23 v
 WHERE v.month_start BETWEEN :from AND :to
 ORDER BY v.month_start
