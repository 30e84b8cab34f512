UPDATE message SET sent_hash = ?, edited_at = ?, last_error = '' WHERE message_id = ? AND state = 'sent'
