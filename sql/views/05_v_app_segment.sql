-- One row per app, month and member of a dimension: provinces, cities, tiers,
-- gender, age, occupation.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_app_segment AS
SELECT v.source, v.month_start, v.app_id, v.app_name, v.dimension, v.member,
       MAX(CASE WHEN v.indicator = 'mud' THEN v.value END) AS mud_devices,
       MAX(CASE WHEN v.indicator = 'mud' THEN v.se END) AS mud_se_devices,
       MAX(CASE WHEN v.indicator = 'share' THEN v.value END) AS share_ratio,
       MAX(CASE WHEN v.indicator = 'share' THEN v.se END) AS share_se_ratio,
       MAX(CASE WHEN v.indicator = 'tgi' THEN v.value END) AS tgi,
       MAX(CASE WHEN v.indicator = 'tgi' THEN v.se END) AS tgi_se,
       MAX(CASE WHEN v.indicator = 'uses_per_device_day' THEN v.value END) AS uses_per_device_day,
       MAX(CASE WHEN v.indicator = 'minutes_per_device_day' THEN v.value END) AS minutes_per_device_day,
       MAX(CASE WHEN v.indicator = 'top_share' THEN v.value END) AS top_share_ratio,
       MAX(v.n_devices) AS n_devices, v.revision, v.synthetic
  FROM v_indicator v
 WHERE v.dimension <> 'all' AND v.app_id <> '*'
 GROUP BY v.source, v.month_start, v.app_id, v.app_name, v.dimension, v.member, v.revision, v.synthetic;
