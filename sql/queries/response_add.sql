-- One standing row for each message, user, kind and way.
INSERT INTO response (message_id, user_id, kind, via, emoji, first_at, lifted_at)
SELECT m.message_id, ?, ?, ?, ?, ?, NULL
  FROM message m
 WHERE m.channel = ? AND m.ts = ? AND m.ts <> ''
   AND NOT EXISTS (SELECT r.response_id FROM response r
                    WHERE r.message_id = m.message_id AND r.user_id = ? AND r.kind = ? AND r.via = ? AND r.lifted_at IS NULL)
