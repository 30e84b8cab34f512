-- E03 of the report: apps as a whole first, then the largest provinces, then the tiers in order.
SELECT v.month_start, v.app_name, v.dimension, v.member, v.mud_devices, v.mud_se_devices, v.share_ratio, v.source, v.revision
  FROM v_exhibit_e03 v
  JOIN dim_segment g ON g.dimension = v.dimension AND g.member = v.member
 WHERE v.month_start BETWEEN :from AND :to
 ORDER BY v.dimension = 'city_tier', v.dimension = 'province', CASE WHEN v.dimension = 'city_tier' THEN g.position END, v.mud_devices DESC, v.app_name, v.member
