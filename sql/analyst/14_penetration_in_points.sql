-- zh: 个人所得税各年渗透率峰值提高了几个百分点？
-- en: By how many percentage points did the peak penetration of 个人所得税 rise from year to year?
SELECT YEAR(month_start) AS of_year, percent AS peak_percent,
       ROUND(100 * (ratio - LAG(ratio) OVER (ORDER BY month_start)), 1) AS change_pp
  FROM v_exhibit_e24
 WHERE measure = 'peak_penetration'
 ORDER BY month_start;
