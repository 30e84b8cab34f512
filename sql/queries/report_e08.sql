-- E08 of the report.
SELECT v.month_start, v.app_name, v.place, v.province, v.mud_devices, v.mud_se_devices, v.is_above_1000_wan, v.share_ratio, v.source, v.revision
  FROM v_exhibit_e08 v
 WHERE v.month_start BETWEEN :from AND :to
 ORDER BY v.place
