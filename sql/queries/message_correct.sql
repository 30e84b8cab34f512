-- What was told first is kept when a correction takes its place.
UPDATE message
   SET first_text = COALESCE(first_text, text), first_blocks = COALESCE(first_blocks, blocks), correction = ?
 WHERE message_id = ?
