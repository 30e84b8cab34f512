-- What is not done: older months first, a digest before its details.
SELECT m.message_id, m.channel, m.kind, m.month_start, m.subject, m.text, m.blocks, m.png, m.alt_text,
       m.content_hash, m.state, m.ts, m.file_state, m.attempts, m.last_error, m.attempted_at,
       COALESCE(d.ts, '') AS thread_ts
  FROM message m
  LEFT JOIN message d ON m.kind = 'detail' AND d.kind = 'digest' AND d.state = 'sent'
   AND d.channel = m.channel AND d.month_start = m.month_start
 WHERE m.state <> 'sent' OR (m.png IS NOT NULL AND m.file_state <> 'shared')
 ORDER BY m.month_start, m.channel, CASE m.kind WHEN 'digest' THEN 0 ELSE 1 END, m.message_id
