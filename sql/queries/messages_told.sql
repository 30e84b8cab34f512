-- Messages of some months that stand in a channel.
SELECT m.channel, m.ts, m.kind, m.month_start, m.subject, m.home
  FROM message m
 WHERE m.ts <> '' AND m.month_start BETWEEN ? AND ?
 ORDER BY m.month_start, m.message_id
