-- zh: 应用月度表：每个应用每月一行，常用指标并列
-- en: One row per app and month with the usual indicators side by side
-- Each indicator is looked up by its full key, so that a question about one app or one month reads
-- that app or month, and columns not asked for are not read: an aggregate over
-- v_indicator would compute all apps and months before it could choose.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_app_month AS
SELECT p.source, p.month_start, a.app_id, a.name_zh AS app_name,
       mud.value AS mud_devices, mud.se AS mud_se_devices,
       dau.value AS dau_avg_devices, dau.se AS dau_avg_se_devices,
       mom.value AS mom_ratio, mom.se AS mom_se_ratio,
       yoy.value AS yoy_ratio, yoy.se AS yoy_se_ratio,
       cagr6.value AS cagr6_ratio, cagr6.se AS cagr6_se_ratio,
       penetration.value AS penetration_all_ratio, penetration.se AS penetration_all_se_ratio,
       industry.value AS penetration_industry_ratio, industry.se AS penetration_industry_se_ratio,
       uses.value AS uses_per_device_day, uses.se AS uses_se_per_device_day,
       minutes.value AS minutes_per_device_day, minutes.se AS minutes_se_per_device_day,
       record.value AS is_record_high,
       peak.value AS annual_peak_devices, peak.se AS annual_peak_se_devices, peak.at_month AS annual_peak_month,
       mud.basis AS mud_basis,
       p.revision, e.synthetic
  FROM current_publication c
  JOIN publication p ON p.publication_id = c.publication_id
  JOIN etl_extract e ON e.extract_id = p.extract_id
  JOIN primary_series s ON s.source = p.source
  JOIN dim_app a ON a.app_id = s.app_id
  LEFT JOIN indicator mud ON mud.publication_id = p.publication_id AND mud.indicator = 'mud'
   AND mud.app_id = a.app_id AND mud.dimension = 'all' AND mud.member = 'all'
  LEFT JOIN indicator dau ON dau.publication_id = p.publication_id AND dau.indicator = 'dau_avg'
   AND dau.app_id = a.app_id AND dau.dimension = 'all' AND dau.member = 'all'
  LEFT JOIN indicator mom ON mom.publication_id = p.publication_id AND mom.indicator = 'mom'
   AND mom.app_id = a.app_id AND mom.dimension = 'all' AND mom.member = 'all'
  LEFT JOIN indicator yoy ON yoy.publication_id = p.publication_id AND yoy.indicator = 'yoy'
   AND yoy.app_id = a.app_id AND yoy.dimension = 'all' AND yoy.member = 'all'
  LEFT JOIN indicator cagr6 ON cagr6.publication_id = p.publication_id AND cagr6.indicator = 'cagr6'
   AND cagr6.app_id = a.app_id AND cagr6.dimension = 'all' AND cagr6.member = 'all'
  LEFT JOIN indicator penetration ON penetration.publication_id = p.publication_id AND penetration.indicator = 'penetration_all'
   AND penetration.app_id = a.app_id AND penetration.dimension = 'all' AND penetration.member = 'all'
  LEFT JOIN indicator industry ON industry.publication_id = p.publication_id AND industry.indicator = 'penetration_industry'
   AND industry.app_id = a.app_id AND industry.dimension = 'all' AND industry.member = 'all'
  LEFT JOIN indicator uses ON uses.publication_id = p.publication_id AND uses.indicator = 'uses_per_device_day'
   AND uses.app_id = a.app_id AND uses.dimension = 'all' AND uses.member = 'all'
  LEFT JOIN indicator minutes ON minutes.publication_id = p.publication_id AND minutes.indicator = 'minutes_per_device_day'
   AND minutes.app_id = a.app_id AND minutes.dimension = 'all' AND minutes.member = 'all'
  LEFT JOIN indicator record ON record.publication_id = p.publication_id AND record.indicator = 'record_high'
   AND record.app_id = a.app_id AND record.dimension = 'all' AND record.member = 'all'
  LEFT JOIN indicator peak ON peak.publication_id = p.publication_id AND peak.indicator = 'annual_peak'
   AND peak.app_id = a.app_id AND peak.dimension = 'all' AND peak.member = 'all'
 WHERE COALESCE(mud.indicator, dau.indicator, uses.indicator, minutes.indicator) IS NOT NULL;
