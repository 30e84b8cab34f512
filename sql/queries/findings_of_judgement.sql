-- What a judgement found, in force or not, in the order of telling.
SELECT j.month_start, f.rule, f.also, f.app_id, f.other_app_id, f.list_name, f.source, f.dimension, f.member,
       f.verdict, f.severity, f.reason, f.value, f.se, f.expected, f.expected_low, f.expected_high, f.z, f.unit,
       f.indicator, f.trace_id, f.text_zh, f.text_en
  FROM judgement j
  JOIN finding f ON f.judgement_id = j.judgement_id
 WHERE j.judgement_id = ?
 ORDER BY f.seq
