-- E01 of the report.
SELECT v.month_start, v.universe_devices, v.mom_ratio, v.source, v.revision
  FROM v_exhibit_e01 v
 WHERE v.month_start BETWEEN :from AND :to
 ORDER BY v.month_start
