INSERT INTO finding_followup (judgement_id, seq, told_month, rule, app_id, other_app_id, list_name, dimension, member, source,
  state, text_zh, text_en)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
