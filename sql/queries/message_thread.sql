-- A month as it was told to a channel: the digest, then its details as they came.
SELECT m.kind, m.subject, m.state, m.attempts, m.judgement_id, m.correction, m.first_text, m.first_blocks
  FROM message m
 WHERE m.channel = ? AND m.month_start = ? AND m.home = '' AND m.kind IN ('digest', 'detail')
 ORDER BY CASE m.kind WHEN 'digest' THEN 0 ELSE 1 END, m.message_id
