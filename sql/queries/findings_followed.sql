-- What fired in the month judged before, and what was still followed then.
SELECT j.month_start, f.rule, f.also, f.app_id, f.other_app_id, f.list_name, f.dimension, f.member, f.source,
       f.verdict, f.severity, f.reason, f.value, f.se, f.expected, f.expected_low, f.expected_high, f.z, f.unit,
       f.indicator, f.trace_id, f.text_zh, f.text_en,
       CASE WHEN EXISTS (SELECT m.message_id FROM message m WHERE m.kind = 'digest' AND m.month_start = j.month_start)
            THEN 1 ELSE 0 END AS is_told,
       CASE WHEN j.month_start = p.month_start THEN 1 ELSE 0 END AS is_last
  FROM judgement j
  JOIN finding f ON f.judgement_id = j.judgement_id
  JOIN (SELECT MAX(b.month_start) AS month_start FROM judgement b WHERE b.is_current = 1 AND b.month_start < ?) p
    ON p.month_start >= j.month_start
 WHERE j.is_current = 1 AND f.verdict = 'fired' AND j.month_start >= ?
   AND (j.month_start = p.month_start
    OR EXISTS (SELECT u.seq
                 FROM judgement c
                 JOIN finding_followup u ON u.judgement_id = c.judgement_id
                WHERE c.is_current = 1 AND c.month_start = p.month_start AND u.told_month = j.month_start
                  AND u.state <> 'resolved' AND u.rule = f.rule AND u.app_id = f.app_id AND u.other_app_id = f.other_app_id
                  AND u.list_name = f.list_name AND u.dimension = f.dimension AND u.member = f.member AND u.source = f.source))
 ORDER BY j.month_start, f.seq
