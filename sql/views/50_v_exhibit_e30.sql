-- E30 zh: 云闪付 群体标签：职业占比（%），自高至低
-- E30 en: 云闪付, groups of people: shares by occupation in %, the largest first
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e30 AS
SELECT v.month_start, v.app_name, RANK() OVER (PARTITION BY v.month_start ORDER BY v.share_ratio DESC) AS place,
       v.member AS occupation, v.share_ratio, v.share_se_ratio, ROUND(100 * v.share_ratio, 1) AS share_percent, v.tgi, v.tgi_se, v.source, v.revision, v.synthetic
  FROM v_app_segment v
 WHERE v.app_id = 'yunshanfu' AND v.dimension = 'occupation' AND v.member <> 'TOP' AND v.share_ratio IS NOT NULL;
