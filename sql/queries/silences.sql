SELECT s.silence_id, s.rule, s.app, s.list, s.category, s.dimension, s.member, s.source, s.from_month, s.to_month, s.holiday,
       s.reason, s.author, s.until_day, s.created_at, s.expired_at, s.expired_by
  FROM silence s
 ORDER BY s.silence_id
