-- What is to be said of the numbers that the report prints.
SELECT v.app_name, v.month_start, v.dimension, v.member, v.indicator, v.flags
  FROM v_indicator v
 WHERE v.month_start BETWEEN :from AND :to AND v.flags <> ''
   AND v.indicator IN ('mud', 'mom', 'yoy', 'cagr6', 'dau_avg', 'share', 'tgi', 'record_high', 'annual_peak', 'top_share',
                       'penetration_industry', 'uses_per_device_day', 'minutes_per_device_day')
