-- E31 of the report.
SELECT v.month_start, v.app_name, v.place, v.province, v.mud_devices, v.mud_se_devices, v.tgi, v.tgi_se, v.uses_per_device_day, v.minutes_per_device_day, v.source, v.revision
  FROM v_exhibit_e31 v
 WHERE v.month_start BETWEEN :from AND :to
 ORDER BY v.place
