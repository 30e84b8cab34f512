-- zh: 春节在1月与2月之间移动：铁路12306 1—2月合计同比是多少？
-- en: Spring Festival moves between January and February: what is the growth of 铁路12306 over both months together?
-- February has the growth of both months together as a number of its own.
SELECT YEAR(j.month_start) AS of_year, ROUND(100 * j.yoy_ratio, 1) AS january_percent,
       ROUND(100 * f.yoy_ratio, 1) AS february_percent,
       ROUND(100 * b.value, 1) AS both_percent, ROUND(100 * b.se, 2) AS both_se_pp
  FROM v_app_month j
  JOIN v_app_month f ON f.app_id = j.app_id AND f.month_start = j.month_start + INTERVAL 1 MONTH
  JOIN v_indicator b ON b.app_id = j.app_id AND b.month_start = f.month_start AND b.indicator = 'yoy'
                    AND b.dimension = 'period' AND b.member = '01-02'
 WHERE j.app_name = '铁路12306' AND MONTH(j.month_start) = 1 AND b.value IS NOT NULL
 ORDER BY j.month_start;
