UPDATE message SET file_state = ? WHERE message_id = ?
