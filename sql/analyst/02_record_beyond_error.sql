-- zh: 铁路12306 的历史新高是否超出抽样误差？
-- en: Is each record high of 铁路12306 beyond its sampling error?
-- Two months are taken to have the same error and to be independent, which errs on the safe side.
SELECT DATE_FORMAT(h.month_start, '%Y-%m') AS month, ROUND(h.mud_devices / 10000, 1) AS mud_wan,
       ROUND(h.before_devices / 10000, 1) AS record_before_wan,
       ROUND((h.mud_devices - h.before_devices) / (h.mud_se_devices * SQRT(2)), 1) AS z,
       CASE WHEN h.mud_devices - h.before_devices > 1.96 * h.mud_se_devices * SQRT(2) THEN 'yes' ELSE 'no' END AS beyond_error
  FROM (SELECT month_start, mud_devices, mud_se_devices, is_record_high,
               MAX(mud_devices) OVER (ORDER BY month_start ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before_devices
          FROM v_app_month
         WHERE app_name = '铁路12306') h
 WHERE h.is_record_high = 1
 ORDER BY h.month_start;
