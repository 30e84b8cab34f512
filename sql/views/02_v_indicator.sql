-- zh: 当前生效的指标，每个应用取其主数据源
-- en: Indicators in force, each app from its primary source
-- The indicators in force, each app from its primary source.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_indicator AS
SELECT v.source, v.month_start, v.indicator, v.indicator_zh, v.unit,
       v.app_id, v.app_name, v.dimension, v.member,
       v.value, v.se, v.ci_low, v.ci_high,
       v.n_devices, v.basis, v.flags, v.at_month,
       v.revision, v.publication_id, v.synthetic, v.trace_id
  FROM v_indicator_all_sources v
  JOIN primary_series s ON s.app_id = v.app_id AND s.source = v.source;
