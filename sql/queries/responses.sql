SELECT m.month_start, m.channel, m.ts, m.home, m.subject, r.user_id, r.kind, r.via, r.emoji, r.first_at, r.lifted_at
  FROM response r
  JOIN message m ON m.message_id = r.message_id
 WHERE m.month_start >= ?
 ORDER BY r.response_id
