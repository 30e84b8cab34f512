-- zh: 春节在1月与2月之间移动：铁路12306 1—2月合计同比是多少？
-- en: Spring Festival moves between January and February: what is the growth of 铁路12306 over both months together?
-- The sum is of two levels, for the ratio only: it is no count of devices.
SELECT n.of_year, ROUND(100 * (n.january / b.january - 1), 1) AS january_percent,
       ROUND(100 * (n.february / b.february - 1), 1) AS february_percent,
       ROUND(100 * ((n.january + n.february) / (b.january + b.february) - 1), 1) AS both_percent
  FROM (SELECT YEAR(month_start) AS of_year, MAX(CASE WHEN MONTH(month_start) = 1 THEN mud_devices END) AS january,
               MAX(CASE WHEN MONTH(month_start) = 2 THEN mud_devices END) AS february
          FROM v_app_month WHERE app_name = '铁路12306' GROUP BY YEAR(month_start)) n
  JOIN (SELECT YEAR(month_start) AS of_year, MAX(CASE WHEN MONTH(month_start) = 1 THEN mud_devices END) AS january,
               MAX(CASE WHEN MONTH(month_start) = 2 THEN mud_devices END) AS february
          FROM v_app_month WHERE app_name = '铁路12306' GROUP BY YEAR(month_start)) b
    ON b.of_year = n.of_year - 1
 ORDER BY n.of_year;
