-- What stands is taken back; the row stays.
UPDATE response SET lifted_at = ?
 WHERE lifted_at IS NULL AND user_id = ? AND kind = ? AND via = ?
   AND message_id IN (SELECT m.message_id FROM message m WHERE m.channel = ? AND m.ts = ? AND m.ts <> '')
