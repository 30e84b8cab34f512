UPDATE message SET attachment_state = ? WHERE message_id = ?
