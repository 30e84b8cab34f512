-- One row per app and month with the indicators people ask for first.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_app_month AS
SELECT v.source, v.month_start, v.app_id, v.app_name,
       MAX(CASE WHEN v.indicator = 'mud' THEN v.value END) AS mud_devices,
       MAX(CASE WHEN v.indicator = 'mud' THEN v.se END) AS mud_se_devices,
       MAX(CASE WHEN v.indicator = 'dau_avg' THEN v.value END) AS dau_avg_devices,
       MAX(CASE WHEN v.indicator = 'mom' THEN v.value END) AS mom_ratio,
       MAX(CASE WHEN v.indicator = 'mom' THEN v.se END) AS mom_se_ratio,
       MAX(CASE WHEN v.indicator = 'yoy' THEN v.value END) AS yoy_ratio,
       MAX(CASE WHEN v.indicator = 'yoy' THEN v.se END) AS yoy_se_ratio,
       MAX(CASE WHEN v.indicator = 'cagr6' THEN v.value END) AS cagr6_ratio,
       MAX(CASE WHEN v.indicator = 'cagr6' THEN v.se END) AS cagr6_se_ratio,
       MAX(CASE WHEN v.indicator = 'penetration_all' THEN v.value END) AS penetration_all_ratio,
       MAX(CASE WHEN v.indicator = 'penetration_industry' THEN v.value END) AS penetration_industry_ratio,
       MAX(CASE WHEN v.indicator = 'uses_per_device_day' THEN v.value END) AS uses_per_device_day,
       MAX(CASE WHEN v.indicator = 'minutes_per_device_day' THEN v.value END) AS minutes_per_device_day,
       MAX(CASE WHEN v.indicator = 'record_high' THEN v.value END) AS is_record_high,
       MAX(CASE WHEN v.indicator = 'annual_peak' THEN v.value END) AS annual_peak_devices,
       MAX(CASE WHEN v.indicator = 'annual_peak' THEN v.at_month END) AS annual_peak_month,
       MAX(CASE WHEN v.indicator = 'mud' THEN v.basis END) AS mud_basis,
       v.revision, v.synthetic
  FROM v_indicator v
 WHERE v.dimension = 'all' AND v.app_id <> '*'
 GROUP BY v.source, v.month_start, v.app_id, v.app_name, v.revision, v.synthetic;
