UPDATE message SET state = ?, ts = ?, last_error = ? WHERE message_id = ?
