-- E10 of the report: a year is that of the month asked for. The view pools twelve months and names no source.
SELECT CAST(CONCAT(v.of_year, '-01-01') AS DATE) AS of_year, v.app_name, v.city_tier, v.share_ratio, v.share_se_ratio, v.change_pp, v.change_se_pp, v.months, s.source
  FROM v_exhibit_e10 v
  JOIN dim_app a ON a.name_zh = v.app_name
  JOIN primary_series s ON s.app_id = a.app_id
  JOIN dim_segment g ON g.dimension = 'city_tier' AND g.member = v.city_tier
 WHERE v.of_year BETWEEN YEAR(:from) AND YEAR(:to)
 ORDER BY v.of_year, g.position
