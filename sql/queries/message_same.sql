-- A message, and the one that stands in for it in another channel.
SELECT message_id, state, attempts, judgement_id, png, file_state, attachment, attachment_state
  FROM message
 WHERE kind = ? AND month_start = ? AND ((channel = ? AND subject = ?) OR (home = ? AND subject = ?))
   FOR UPDATE
