-- What a digest that nobody has seen yet no longer tells, nobody will see.
DELETE m FROM message m
  JOIN message d ON d.kind = 'digest' AND d.channel = m.channel AND d.month_start = m.month_start AND d.home = m.home
 WHERE m.month_start = ? AND d.judgement_id = ? AND m.judgement_id <> d.judgement_id
   AND m.kind NOT IN ('digest', 'reminder') AND m.state = 'pending' AND m.attempts = 0
