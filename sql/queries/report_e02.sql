-- E02 of the report.
SELECT v.month_start, v.app_name, v.mud_devices, v.mud_se_devices, v.is_record_high, v.annual_peak_devices, v.annual_peak_se_devices, v.annual_peak_month, v.source, v.revision
  FROM v_exhibit_e02 v
 WHERE v.month_start BETWEEN :from AND :to
 ORDER BY v.app_name, v.month_start
