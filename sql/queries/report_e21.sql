-- E21 of the report.
SELECT v.month_start, v.app_name, v.city_tier, v.share_ratio, v.share_se_ratio, v.change_pp, v.change_se_pp, v.source, v.revision
  FROM v_exhibit_e21 v
 WHERE v.month_start BETWEEN :from AND :to
 ORDER BY v.position, v.city_tier
