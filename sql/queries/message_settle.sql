UPDATE message SET state = ?, ts = ?, sent_hash = ?, last_error = ? WHERE message_id = ?
