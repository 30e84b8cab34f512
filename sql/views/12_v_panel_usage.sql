-- zh: 计入统计的样本使用记录，时长除外
-- en: Usage of the panel that counts, but for its length
-- Usage that counts, but for its length: of known apps, on days of the month,
-- within the seconds that days have. Devices are not looked up here.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_panel_usage AS
SELECT u.source, u.month_start, u.device_id, u.app_id, a.category, u.day, u.active_days, u.uses, u.seconds
  FROM panel_usage u
  JOIN dim_app a ON a.app_id = u.app_id
 WHERE u.day BETWEEN 0 AND DAY(LAST_DAY(u.month_start))
   AND u.active_days BETWEEN 1 AND CASE WHEN u.day = 0 THEN DAY(LAST_DAY(u.month_start)) ELSE 1 END
   AND u.uses >= CASE WHEN u.day = 0 THEN u.active_days ELSE 0 END
   AND u.seconds BETWEEN 0 AND 86400 * u.active_days;
