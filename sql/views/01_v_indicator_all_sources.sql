-- zh: 全部数据源的指标，均为当前生效的发布
-- en: Indicators of every source, of the publications in force
-- Every source's indicators of the publications in force. The name of 全网 is joined
-- like any other, so that a name narrows the search before rows are read.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_indicator_all_sources AS
SELECT p.source, p.month_start, i.indicator, d.name_zh AS indicator_zh, d.unit,
       i.app_id, a.name_zh AS app_name, i.dimension, i.member,
       i.value, i.se, i.value - 1.96 * i.se AS ci_low, i.value + 1.96 * i.se AS ci_high,
       i.n_devices, i.basis, i.flags, i.at_month,
       p.revision, p.publication_id, e.synthetic,
       CONCAT(p.publication_id, '-', LEFT(SHA2(CONCAT_WS('|', i.indicator, i.app_id, i.dimension, i.member), 256), 12)) AS trace_id
  FROM current_publication c
  JOIN publication p ON p.publication_id = c.publication_id
  JOIN etl_extract e ON e.extract_id = p.extract_id
  JOIN indicator i ON i.publication_id = p.publication_id
  JOIN dim_indicator d ON d.indicator = i.indicator
  JOIN (SELECT n.app_id, n.name_zh FROM dim_app n UNION ALL SELECT '*', '全网') a ON a.app_id = i.app_id;
