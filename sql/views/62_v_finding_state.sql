-- zh: 触发的结论及其后续状态：新、仍在、已解除
-- en: What fired and what became of it: new, ongoing, resolved
-- The newest followup of each finding that fired, in the judgements in force.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_finding_state AS
SELECT f.month_start, f.rule, f.also, f.app_id, f.subject_name, f.list_name, f.dimension, f.member, f.source, f.severity,
       COALESCE(x.state, CASE WHEN f.month_start = (SELECT MAX(n.month_start) FROM judgement n WHERE n.is_current = 1)
                              THEN 'new' ELSE 'not_followed' END) AS state,
       COALESCE(x.state_month, f.month_start) AS state_month,
       f.text_zh, f.text_en, x.text_zh AS state_text_zh, x.text_en AS state_text_en, f.judgement_id, f.seq
  FROM v_finding f
  JOIN finding g ON g.judgement_id = f.judgement_id AND g.seq = f.seq
  LEFT JOIN (SELECT u.told_month, u.rule, u.app_id, u.other_app_id, u.list_name, u.dimension, u.member, u.source,
                    u.state, u.text_zh, u.text_en, j.month_start AS state_month,
                    ROW_NUMBER() OVER (PARTITION BY u.told_month, u.rule, u.app_id, u.other_app_id, u.list_name, u.dimension, u.member, u.source
                                       ORDER BY j.month_start DESC) AS newest
               FROM judgement j
               JOIN finding_followup u ON u.judgement_id = j.judgement_id
              WHERE j.is_current = 1) x
    ON x.newest = 1 AND x.told_month = f.month_start AND x.rule = f.rule AND x.app_id = f.app_id AND x.other_app_id = g.other_app_id
   AND x.list_name = f.list_name AND x.dimension = f.dimension AND x.member = f.member AND x.source = f.source
 WHERE f.verdict = 'fired';
