-- zh: 自定义比率的标准误：个人所得税用户中，新一线和二线城市设备是一线城市的几倍？
-- en: The standard error of a ratio of your own: how many devices of 个人所得税 are in 新一线 and 二线 cities for each in 一线?
-- Delete a group: the ratio is computed from the full sample (replicate 0) and without each of the 80
-- groups; se = sqrt(79/80 x sum of squared differences). Put your own formula in the place of the three ratios.
SELECT ROUND(r.theta, 6) AS ratio, ROUND(SQRT(79 / 80 * d.squares), 6) AS se,
       ROUND(r.theta - 1.96 * SQRT(79 / 80 * d.squares), 3) AS ci_low, ROUND(r.theta + 1.96 * SQRT(79 / 80 * d.squares), 3) AS ci_high
  FROM (SELECT SUM(CASE WHEN member IN ('新一线城市', '二线城市') THEN devices END)
               / SUM(CASE WHEN member = '一线城市' THEN devices END) AS theta
          FROM v_panel_estimate
         WHERE app_id = 'geshui' AND dimension = 'city_tier' AND month_start = '2023-12-01' AND source = 'panel' AND replicate = 0) r
  CROSS JOIN
       (SELECT SUM(POW(g.theta - f.theta, 2)) AS squares, COUNT(*) AS groups_left_out
          FROM (SELECT replicate, SUM(CASE WHEN member IN ('新一线城市', '二线城市') THEN devices END)
                       / SUM(CASE WHEN member = '一线城市' THEN devices END) AS theta
                  FROM v_panel_estimate
                 WHERE app_id = 'geshui' AND dimension = 'city_tier' AND month_start = '2023-12-01' AND source = 'panel' AND replicate > 0
                 GROUP BY replicate) g
         CROSS JOIN
               (SELECT SUM(CASE WHEN member IN ('新一线城市', '二线城市') THEN devices END)
                       / SUM(CASE WHEN member = '一线城市' THEN devices END) AS theta
                  FROM v_panel_estimate
                 WHERE app_id = 'geshui' AND dimension = 'city_tier' AND month_start = '2023-12-01' AND source = 'panel' AND replicate = 0) f) d
 WHERE d.groups_left_out = 80;
