-- What was muted, with the findings of the judgement that the message told.
SELECT r.response_id, r.user_id, r.first_at, r.lifted_at, m.month_start, m.subject, m.home,
       f.rule, f.also, f.app_id, f.other_app_id, f.list_name, f.dimension, f.member, f.source
  FROM response r
  JOIN message m ON m.message_id = r.message_id AND m.kind = 'detail'
  JOIN finding f ON f.judgement_id = m.judgement_id AND f.verdict IN ('fired', 'expected')
 WHERE r.kind = 'mute'
 ORDER BY r.response_id, f.seq
