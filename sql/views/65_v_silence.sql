-- zh: 静默：哪些结论不予告知，由谁、为何、至何时
-- en: Silences: what is found and not told, by whom, why and until when
-- All that were ever made; is_standing says which hold today.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_silence AS
SELECT s.silence_id, s.rule, s.app, s.list, s.category, s.dimension, s.member, s.source, s.from_month, s.to_month, s.holiday,
       s.reason, s.author, s.until_day, s.created_at, s.expired_at, s.expired_by,
       CASE WHEN s.expired_at IS NULL AND s.until_day >= CAST(UTC_TIMESTAMP() AS DATE) THEN 1 ELSE 0 END AS is_standing
  FROM silence s;
