-- zh: 哪些已发布的数字被修订过，变动是否超出误差？
-- en: Which published numbers were restated, by how much, and beyond their error?
SELECT DATE_FORMAT(f.month_start, '%Y-%m') AS month, f.app_id, f.revision AS first_revision, n.revision AS newest_revision,
       ROUND(f.value) AS first_devices, ROUND(n.value) AS newest_devices, ROUND(100 * (n.value / f.value - 1), 1) AS change_percent,
       CASE WHEN ABS(n.value - f.value) > 1.96 * f.se THEN 'yes' ELSE 'no' END AS beyond_error
  FROM v_indicator_first f
  JOIN v_indicator_all_sources n ON n.source = f.source AND n.month_start = f.month_start AND n.indicator = f.indicator
   AND n.app_id = f.app_id AND n.dimension = f.dimension AND n.member = f.member
 WHERE f.indicator = 'mud' AND f.dimension = 'all' AND n.value <> f.value
 ORDER BY f.month_start, f.app_id;
