-- E27 of the report.
SELECT v.month_start, v.place, v.app_name, v.region, v.mud_devices, v.mud_se_devices, v.dau_avg_devices, v.stickiness_ratio, v.cagr6_ratio, v.cagr6_se_ratio, v.previous_place, v.place_change, v.state, v.source, v.revision
  FROM v_exhibit_e27 v
 WHERE v.month_start BETWEEN :from AND :to
 ORDER BY v.place, v.app_id
