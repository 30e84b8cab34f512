-- zh: 当前生效的研判结论
-- en: Findings of the judgements in force
-- What was judged, in the judgement in force of each month.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_finding AS
SELECT j.month_start, f.seq, f.verdict, f.severity, f.rule, f.also, f.app_id,
       COALESCE(a.name_zh, NULLIF(f.list_name, ''), f.source) AS subject_name, f.list_name, f.dimension, f.member,
       f.value, f.se, f.expected, f.expected_low, f.expected_high, f.z, f.unit,
       f.reason, f.text_zh, f.text_en, j.judgement_id,
       f.indicator, f.trace_id, f.source
  FROM judgement j
  JOIN finding f ON f.judgement_id = j.judgement_id
  LEFT JOIN dim_app a ON a.app_id = f.app_id
 WHERE j.is_current = 1;
