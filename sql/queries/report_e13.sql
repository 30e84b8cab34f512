-- E13 of the report.
SELECT v.month_start, v.app_name, v.city, v.mud_devices, v.mud_se_devices, v.is_local_peak, v.source, v.revision
  FROM v_exhibit_e13 v
 WHERE v.month_start BETWEEN :from AND :to
 ORDER BY CASE v.city WHEN '北京' THEN 1 WHEN '上海' THEN 2 WHEN '广州' THEN 3 WHEN '深圳' THEN 4 ELSE 5 END, v.city, v.month_start
