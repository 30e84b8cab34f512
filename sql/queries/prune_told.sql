-- The judgements in force and those that a message tells: what they saw is kept.
SELECT j.month_start, j.judged_at
  FROM judgement j
 WHERE j.is_current = 1 OR EXISTS (SELECT 1 FROM message m WHERE m.judgement_id = j.judgement_id)
 ORDER BY j.judgement_id
