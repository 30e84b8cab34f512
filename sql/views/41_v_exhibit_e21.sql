-- E21 zh: 易捷加油 用户画像：各级城市占比（%）及较上年同月变化（百分点）
-- E21 en: 易捷加油, profile: shares of the city tiers in % and change on the same month of the year before in pp
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e21 AS
SELECT v.month_start, v.app_name, g.position, v.member AS city_tier, v.share_ratio, v.share_se_ratio,
       ROUND(100 * v.share_ratio, 1) AS share_percent, ROUND(100 * (v.share_ratio - b.value), 1) AS change_pp, v.source, v.revision, v.synthetic
  FROM v_app_segment v
  JOIN dim_segment g ON g.dimension = v.dimension AND g.member = v.member
  LEFT JOIN v_indicator b ON b.indicator = 'share' AND b.app_id = v.app_id AND b.dimension = v.dimension AND b.member = v.member
   AND b.month_start = v.month_start - INTERVAL 12 MONTH
 WHERE v.app_id = 'yijiejiayou' AND v.dimension = 'city_tier' AND v.share_ratio IS NOT NULL;
