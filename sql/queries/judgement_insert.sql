INSERT INTO judgement (month_start, inputs_hash, is_current, run_id, judged_at,
  rules, subjects, fired, expected, noise, not_evaluable, suppressed, data_hash, silences_at)
VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE judgement_id = LAST_INSERT_ID(judgement_id), is_current = 1, run_id = VALUES(run_id), judged_at = VALUES(judged_at), data_hash = VALUES(data_hash)
