-- What the judgements in force found of some months, in the order of telling.
SELECT f.month_start, f.rule, f.also, f.app_id, g.other_app_id, f.list_name, f.dimension, f.member, f.source, f.verdict, f.severity, f.reason,
       f.value, f.se, f.expected, f.expected_low, f.expected_high, f.z, f.unit, f.indicator, f.trace_id, f.text_zh, f.text_en
  FROM v_finding f
  JOIN finding g ON g.judgement_id = f.judgement_id AND g.seq = f.seq
 WHERE f.month_start BETWEEN ? AND ?
 ORDER BY f.month_start, f.seq
