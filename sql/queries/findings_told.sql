-- What the judgements in force found, of one verdict or another.
SELECT f.month_start, f.verdict, f.severity, f.rule, f.also, f.subject_name, f.list_name, f.text_zh, f.text_en
  FROM v_finding f
 WHERE f.month_start >= ? AND f.verdict IN (?)
 ORDER BY f.month_start, f.seq
