UPDATE publication SET superseded_at = ?
 WHERE source = ? AND month_start = ? AND publication_id <> ? AND superseded_at IS NULL
