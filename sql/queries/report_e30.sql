-- E30 of the report.
SELECT v.month_start, v.app_name, v.place, v.occupation, v.share_ratio, v.share_se_ratio, v.tgi, v.tgi_se, v.source, v.revision
  FROM v_exhibit_e30 v
 WHERE v.month_start BETWEEN :from AND :to
 ORDER BY v.place, v.occupation
