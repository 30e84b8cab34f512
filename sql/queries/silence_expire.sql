UPDATE silence SET expired_at = ?, expired_by = ? WHERE silence_id = ? AND expired_at IS NULL
