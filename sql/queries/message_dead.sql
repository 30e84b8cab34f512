UPDATE message SET state = 'dead', last_error = ? WHERE message_id = ?
