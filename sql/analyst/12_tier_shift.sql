-- zh: 易捷加油 是否向中低线城市渗透，变化是否超出误差？
-- en: Does 易捷加油 move to smaller cities, and beyond the error?
SELECT n.member AS city_tier, ROUND(100 * b.share_ratio, 1) AS share_2022_12, ROUND(100 * n.share_ratio, 1) AS share_2023_12,
       ROUND(100 * (n.share_ratio - b.share_ratio), 1) AS change_pp,
       ROUND((n.share_ratio - b.share_ratio) / SQRT(POW(n.share_se_ratio, 2) + POW(b.share_se_ratio, 2)), 1) AS z
  FROM v_app_segment n
  JOIN v_app_segment b ON b.app_id = n.app_id AND b.dimension = n.dimension AND b.member = n.member
  JOIN dim_segment g ON g.dimension = n.dimension AND g.member = n.member
 WHERE n.app_name = '易捷加油' AND n.dimension = 'city_tier' AND n.month_start = '2023-12-01' AND b.month_start = '2022-12-01'
   AND b.app_name = '易捷加油' AND b.dimension = 'city_tier'
 ORDER BY g.position;
