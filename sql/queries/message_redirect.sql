-- The message that stands in for another, in a channel that can be written to.
INSERT INTO message (channel, kind, month_start, subject, home, text, blocks, png, alt_text, content_hash,
  revision, attachment_name, attachment, broadcast,
  state, ts, file_state, attempts, last_error, attempted_at, judgement_id, created_at)
SELECT ?, o.kind, o.month_start, ?, o.channel, o.text, o.blocks, o.png, o.alt_text, o.content_hash,
  o.revision, o.attachment_name, o.attachment, o.broadcast,
  'pending', '', '', 0, '', NULL, o.judgement_id, ?
  FROM message o WHERE o.message_id = ?
ON DUPLICATE KEY UPDATE home = message.home
