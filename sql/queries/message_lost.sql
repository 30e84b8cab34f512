-- What was sent is gone: it is told anew, and says so.
UPDATE message SET state = 'pending', lost_ts = ?, ts = '', sent_hash = '', last_error = ?
 WHERE message_id = ? AND state = 'sent'
