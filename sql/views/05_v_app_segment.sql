-- zh: 应用分群表：每个应用、月份、维度选项一行
-- en: One row per app, month and member of a dimension
-- Members are provinces, cities, tiers, gender, age, occupation; not two months
-- or an hour, which are no members of an app's devices. Every column to choose by is one of a table, so that the
-- choice is made before the rows are put together; and the tables are read in
-- this order, so that numbers are looked up by app, whatever the server's
-- statistics say. Indicators that only whole apps have are not looked for.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_app_segment AS
SELECT STRAIGHT_JOIN p.source, p.month_start, a.app_id, a.name_zh AS app_name, i.dimension, i.member,
       MAX(CASE WHEN i.indicator = 'mud' THEN i.value END) AS mud_devices,
       MAX(CASE WHEN i.indicator = 'mud' THEN i.se END) AS mud_se_devices,
       MAX(CASE WHEN i.indicator = 'share' THEN i.value END) AS share_ratio,
       MAX(CASE WHEN i.indicator = 'share' THEN i.se END) AS share_se_ratio,
       MAX(CASE WHEN i.indicator = 'tgi' THEN i.value END) AS tgi,
       MAX(CASE WHEN i.indicator = 'tgi' THEN i.se END) AS tgi_se,
       MAX(CASE WHEN i.indicator = 'uses_per_device_day' THEN i.value END) AS uses_per_device_day,
       MAX(CASE WHEN i.indicator = 'uses_per_device_day' THEN i.se END) AS uses_se_per_device_day,
       MAX(CASE WHEN i.indicator = 'minutes_per_device_day' THEN i.value END) AS minutes_per_device_day,
       MAX(CASE WHEN i.indicator = 'minutes_per_device_day' THEN i.se END) AS minutes_se_per_device_day,
       MAX(CASE WHEN i.indicator = 'top_share' THEN i.value END) AS top_share_ratio,
       MAX(CASE WHEN i.indicator = 'top_share' THEN i.se END) AS top_share_se_ratio,
       MAX(i.n_devices) AS n_devices, p.revision, e.synthetic
  FROM dim_app a
  JOIN primary_series s ON s.app_id = a.app_id
  JOIN publication p ON p.source = s.source
  JOIN current_publication c ON c.publication_id = p.publication_id
  JOIN etl_extract e ON e.extract_id = p.extract_id
  JOIN dim_indicator d
  JOIN indicator i ON i.publication_id = p.publication_id AND i.indicator = d.indicator AND i.app_id = a.app_id
 WHERE i.dimension NOT IN ('all', 'period', 'hour')
   AND d.grain NOT IN ('month', 'month x app', 'year x app, in December')
 GROUP BY p.source, p.month_start, a.app_id, a.name_zh, i.dimension, i.member, p.revision, e.synthetic;
