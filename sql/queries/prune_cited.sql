-- Where numbers are named by their trace ids: findings in force or told, and messages.
SELECT f.trace_id AS cited
  FROM finding f
  JOIN judgement j ON j.judgement_id = f.judgement_id
 WHERE f.trace_id <> ''
   AND (j.is_current = 1 OR EXISTS (SELECT 1 FROM message m WHERE m.judgement_id = j.judgement_id))
UNION
SELECT CONCAT(m.text, ' ', m.blocks, ' ', COALESCE(CONVERT(m.attachment USING utf8mb4), ''), ' ',
       COALESCE(m.first_text, ''), ' ', COALESCE(m.first_blocks, '')) FROM message m
