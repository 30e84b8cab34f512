-- What people may react to: the messages that stand, of the newest months told.
SELECT m.channel, m.ts, m.kind, m.month_start, m.subject, m.home
  FROM message m
  JOIN (SELECT MAX(n.month_start) AS month_start FROM message n WHERE n.ts <> '' AND n.kind IN ('digest', 'detail')) newest
    ON m.month_start > newest.month_start - INTERVAL ? MONTH
 WHERE m.ts <> '' AND m.state = 'sent' AND m.kind IN ('digest', 'detail', 'correction', 'overflow')
 ORDER BY m.month_start DESC, m.channel, m.message_id
