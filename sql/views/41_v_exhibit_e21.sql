-- E21 zh: 易捷加油 用户画像：各级城市占比（%）及较上年同月变化（百分点）
-- E21 en: 易捷加油, profile: shares of the city tiers in % and change on the same month of the year before in pp
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e21 AS
SELECT v.month_start, v.app_name, g.position, v.member AS city_tier, v.share_ratio, v.share_se_ratio,
       ROUND(100 * v.share_ratio, 1) AS share_percent, ROUND(c.value, 1) AS change_pp, c.se AS change_se_pp, v.source, v.revision, v.synthetic
  FROM v_app_segment v
  JOIN dim_segment g ON g.dimension = v.dimension AND g.member = v.member
  LEFT JOIN v_indicator c ON c.indicator = 'share_change_pp' AND c.app_id = v.app_id AND c.dimension = v.dimension AND c.member = v.member
   AND c.month_start = v.month_start
 WHERE v.app_id = 'yijiejiayou' AND v.dimension = 'city_tier' AND v.share_ratio IS NOT NULL;
