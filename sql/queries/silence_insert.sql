INSERT INTO silence (rule, app, list, category, dimension, member, source, from_month, to_month, holiday,
  reason, author, until_day, created_at, expired_at, expired_by)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, '')
