-- E33 of the report: the largest of the newest month first.
SELECT v.month_start, v.app_name, v.mud_devices, v.mud_se_devices, v.yoy_ratio, v.yoy_se_ratio, v.place, v.source, v.revision
  FROM v_exhibit_e33 v
  LEFT JOIN v_exhibit_e33 n ON n.app_name = v.app_name AND n.month_start = :to
 WHERE v.month_start BETWEEN :from AND :to
 ORDER BY CASE WHEN n.place IS NULL THEN 1 ELSE 0 END, n.place, v.app_name, v.month_start
