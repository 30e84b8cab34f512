INSERT INTO finding (judgement_id, seq, rule, also, app_id, other_app_id, list_name, dimension, member,
  verdict, severity, reason, unit, value, se, expected, expected_low, expected_high, z, text_zh, text_en, indicator, trace_id, source)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
