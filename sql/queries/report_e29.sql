-- E29 of the report.
SELECT v.month_start, v.app_a_name, v.app_b_name, v.a_devices, v.b_devices, v.both_devices, v.se_both_devices, v.exclusive_a_ratio, v.se_exclusive_a_ratio, v.exclusive_b_ratio, v.se_exclusive_b_ratio, v.overlap_of_union_ratio, v.source, v.revision
  FROM v_exhibit_e29 v
 WHERE v.month_start BETWEEN :from AND :to
 ORDER BY v.month_start
