-- 0 rows: it is not to be sent any more.
UPDATE message SET state = 'sending', attempts = attempts + 1, attempted_at = ?
 WHERE message_id = ? AND state = 'pending'
