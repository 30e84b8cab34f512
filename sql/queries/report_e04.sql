-- E04 of the report.
SELECT v.month_start, v.app_name, v.mud_devices, v.mud_se_devices, v.peak_penetration_ratio, v.peak_penetration_se_ratio,
       v.change_on_three_years_pp, v.change_on_three_years_se_pp, v.list_name, v.place, v.source, v.revision
  FROM v_exhibit_e04 v
 WHERE v.month_start BETWEEN :from AND :to
 ORDER BY v.app_name, v.month_start
