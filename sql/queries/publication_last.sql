-- When the last publication of a source's month came into force.
SELECT MAX(published_at) FROM publication WHERE source = ? AND month_start = ?
