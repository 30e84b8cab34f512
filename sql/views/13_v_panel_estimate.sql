-- zh: 样本加权估计及80组刀切重复
-- en: Weighted sums of a panel month with their 80 jackknife replicates
-- The weighted sums of a panel month with their 80 jackknife replicates: 0 is the
-- full sample, g is the sample without group g, weighted up to the universe again.
-- For the error of a ratio of your own; see sql/analyst/18_error_of_your_own_ratio.sql.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_panel_estimate AS
SELECT p.source, p.month_start, x.app_id, a.name_zh AS app_name, x.dimension, x.member, x.replicate,
       x.devices, x.device_days, x.uses, x.seconds, x.n_devices, p.revision, e.synthetic
  FROM current_publication c
  JOIN publication p ON p.publication_id = c.publication_id
  JOIN etl_extract e ON e.extract_id = p.extract_id
  JOIN panel_estimate x ON x.publication_id = p.facts_id
  JOIN (SELECT n.app_id, n.name_zh FROM dim_app n UNION ALL SELECT '*', '全网') a ON a.app_id = x.app_id;
