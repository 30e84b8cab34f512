-- E15 of the report.
SELECT v.month_start, v.app_name, v.place, v.province, v.mud_devices, v.mud_se_devices, v.tgi, v.tgi_se, v.top_share_ratio, v.source, v.revision
  FROM v_exhibit_e15 v
 WHERE v.month_start BETWEEN :from AND :to
 ORDER BY v.place
