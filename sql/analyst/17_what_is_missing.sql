-- zh: 哪些环比、同比、复合增长率算不出来，为什么？
-- en: Which month-on-month, year-on-year and compound growth could not be computed, and why?
-- NULL is never zero: the flags say what was missing.
SELECT indicator, flags, COUNT(*) AS numbers, MIN(DATE_FORMAT(month_start, '%Y-%m')) AS first_month, MAX(DATE_FORMAT(month_start, '%Y-%m')) AS last_month
  FROM v_indicator
 WHERE value IS NULL AND indicator IN ('mom', 'yoy', 'cagr6')
 GROUP BY indicator, flags
 ORDER BY indicator, flags;
