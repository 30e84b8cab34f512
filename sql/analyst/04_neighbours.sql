-- zh: 榜单中哪些相邻名次无法用抽样误差区分？
-- en: Which neighbours of the list cannot be told apart, given the sampling error?
SELECT n.place, n.app_name, n.next_name, ROUND(n.gap / 10000, 1) AS gap_wan, ROUND(n.gap / n.se, 2) AS z
  FROM (SELECT place, app_name,
               LEAD(app_name) OVER by_place AS next_name,
               mud_devices - LEAD(mud_devices) OVER by_place AS gap,
               SQRT(POW(mud_se_devices, 2) + POW(LEAD(mud_se_devices) OVER by_place, 2)) AS se
          FROM v_rank
         WHERE list_name = '地方政务' AND is_in_list = 1 AND month_start = '2023-12-01'
        WINDOW by_place AS (ORDER BY place, app_id)) n
 WHERE n.gap < 1.96 * n.se
 ORDER BY n.place;
