-- E16 of the report.
SELECT v.month_start, v.app_name, v.network, v.hour, v.share_ratio, v.is_local_peak, v.source, v.revision
  FROM v_exhibit_e16 v
 WHERE v.month_start BETWEEN :from AND :to
 ORDER BY v.hour
