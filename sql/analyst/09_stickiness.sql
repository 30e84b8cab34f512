-- zh: 地方政务应用中，谁的用户打开最勤（日均/月总，月人均使用天数）？
-- en: Whose users come back most among the local-government apps (daily over monthly devices, days of use a month)?
SELECT app_name, ROUND(stickiness_ratio, 3) AS stickiness, ROUND(stickiness_ratio * DAY(LAST_DAY(month_start)), 1) AS days_of_use
  FROM v_exhibit_e27
 WHERE month_start = '2023-12-01'
 ORDER BY stickiness_ratio DESC, app_id
 LIMIT 5;
