-- E09 of the report.
SELECT v.month_start, v.app_name, v.dimension, v.member, v.share_ratio, v.share_se_ratio, v.tgi, v.tgi_se, v.source, v.revision
  FROM v_exhibit_e09 v
 WHERE v.month_start BETWEEN :from AND :to
 ORDER BY CASE v.dimension WHEN 'gender' THEN 1 WHEN 'age_band' THEN 2 ELSE 3 END, v.position, v.member
