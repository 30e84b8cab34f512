UPDATE message SET state = 'sending', attempts = attempts + 1, attempted_at = ? WHERE message_id = ?
