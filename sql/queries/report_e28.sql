-- E28 of the report.
SELECT v.month_start, v.app_name, v.penetration_industry_ratio, v.penetration_industry_se_ratio, v.source, v.revision
  FROM v_exhibit_e28 v
 WHERE v.month_start BETWEEN :from AND :to
 ORDER BY v.month_start
