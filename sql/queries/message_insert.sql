-- A message that is there already stays as it is.
INSERT INTO message (channel, kind, month_start, subject, text, blocks, png, alt_text, content_hash,
  revision, attachment_name, attachment, broadcast,
  state, ts, file_state, attempts, last_error, attempted_at, judgement_id, created_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending', '', ?, 0, '', NULL, ?, ?)
ON DUPLICATE KEY UPDATE message_id = message_id
