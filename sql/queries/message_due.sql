-- What is not done: older months first, a digest before its replies.
SELECT m.message_id, m.channel, m.kind, m.month_start, m.subject, m.text, m.blocks, m.png, m.alt_text,
       m.content_hash, m.sent_hash, m.revision, m.attachment_name, m.attachment, m.attachment_state, m.broadcast,
       m.home, m.lost_ts, m.state, m.ts, m.file_state, m.attempts, m.last_error, m.attempted_at,
       COALESCE(d.state, '') AS parent_state,
       COALESCE(d.ts, '') AS thread_ts
  FROM message m
  LEFT JOIN message d ON m.kind NOT IN ('digest', 'reminder') AND d.kind = 'digest'
   AND d.channel = m.channel AND d.month_start = m.month_start AND d.home = m.home
 WHERE m.state IN ('pending', 'sending', 'unknown')
    OR (m.state = 'sent' AND (m.content_hash <> m.sent_hash
        OR (m.png IS NOT NULL AND m.file_state <> 'shared')
        OR (m.attachment_name <> '' AND m.attachment_state <> 'shared')))
 ORDER BY m.month_start, m.channel, m.home, CASE m.kind WHEN 'digest' THEN 0 ELSE 1 END, m.message_id
