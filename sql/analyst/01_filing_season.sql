-- zh: 个人所得税每年申报期的峰值在哪个月，是当年其余月份均值的几倍？
-- en: In which month does 个人所得税 peak each year, and how many times the mean of the year's other months is it?
SELECT p.of_year, DATE_FORMAT(p.peak_month, '%Y-%m') AS peak_month, ROUND(p.peak / 10000, 1) AS peak_wan,
       ROUND(p.peak / ((p.total - p.peak) / 11), 2) AS times_other_months
  FROM (SELECT YEAR(month_start) AS of_year, MAX(mud_devices) AS peak, SUM(mud_devices) AS total,
               MAX(CASE WHEN MONTH(month_start) = 12 THEN annual_peak_month END) AS peak_month
          FROM v_app_month
         WHERE app_name = '个人所得税'
         GROUP BY YEAR(month_start)
        HAVING COUNT(mud_devices) = 12) p
 ORDER BY p.of_year;
