-- Every series a rule may ask for, up to a month.
SELECT v.app_id, v.dimension, v.member, v.indicator, v.month_start, v.value, v.se, v.basis
  FROM v_indicator v
 WHERE v.month_start <= ? AND v.indicator IN ('mud', 'yoy', 'cagr6')
   AND (v.dimension = 'all' OR (v.indicator = 'mud' AND v.dimension IN (?)))
   AND v.value IS NOT NULL
 ORDER BY v.app_id, v.dimension, v.member, v.indicator, v.month_start
