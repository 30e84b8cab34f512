-- E24 of the report: peaks of the years, then the shares of the newest month. The view names no source.
SELECT v.month_start, v.app_name, v.measure, v.dimension, v.member, v.ratio, v.se_ratio, v.change_on_three_years_pp, v.change_on_three_years_se_pp, s.source
  FROM v_exhibit_e24 v
  JOIN dim_app a ON a.name_zh = v.app_name
  JOIN primary_series s ON s.app_id = a.app_id
  JOIN dim_segment g ON g.dimension = v.dimension AND g.member = v.member
 WHERE (v.measure = 'peak_penetration' AND v.month_start BETWEEN :from AND :to) OR (v.measure = 'share' AND v.month_start = :to)
 ORDER BY v.measure, v.month_start, g.position
