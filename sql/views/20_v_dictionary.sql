-- zh: 指标词典
-- en: What each indicator means
-- What each indicator means, in Chinese and English; names of old, of which the
-- program computes nothing, have no inputs.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_dictionary AS
SELECT d.position, d.indicator, d.name_zh, d.name_en, d.unit, d.formula, d.inputs, d.grain,
       d.edge_cases_zh, d.edge_cases_en, d.error_zh, d.error_en, d.source_zh, d.source_en, d.found_in
  FROM dim_indicator d
 WHERE d.inputs <> '';
