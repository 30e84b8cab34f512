-- What became of what fired in some months.
SELECT s.month_start, s.rule, s.also, s.app_id, g.other_app_id, s.list_name, s.dimension, s.member, s.source, s.state, s.state_month
  FROM v_finding_state s
  JOIN finding g ON g.judgement_id = s.judgement_id AND g.seq = s.seq
 WHERE s.month_start BETWEEN ? AND ?
