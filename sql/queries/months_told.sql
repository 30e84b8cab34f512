-- The instant as of which silences were taken, of each month that was told.
SELECT m.month_start, MIN(COALESCE(j.silences_at, j.judged_at)) AS silences_at
  FROM message m
  JOIN judgement j ON j.judgement_id = m.judgement_id
 WHERE m.kind = 'digest' AND m.attempts > 0
 GROUP BY m.month_start
