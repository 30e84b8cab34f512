-- zh: 2023年各规则判了多少，各是什么结论？
-- en: How did the rules judge in 2023, by verdict?
SELECT rule, SUM(verdict = 'fired') AS fired, SUM(verdict = 'expected') AS expected, SUM(verdict = 'noise') AS noise,
       SUM(verdict = 'not_evaluable') AS not_evaluable
  FROM v_finding
 WHERE YEAR(month_start) = 2023
 GROUP BY rule
 ORDER BY rule;
