-- E10 zh: 交管12123 用户画像：各级城市占比（%），12个月合并，及较上年变化（百分点）
-- E10 en: 交管12123, profile: shares of the city tiers in %, twelve months pooled, and change on the year before in pp
-- Errors are upper bounds: the months of a year are taken to err together, those
-- of two years apart. A year of two lists of tiers has no share.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e10 AS
WITH pooled AS (
SELECT YEAR(s.month_start) AS of_year, s.app_name, s.member AS city_tier, COUNT(*) AS months, MAX(s.synthetic) AS synthetic,
       MIN(CONCAT_WS('|', t.vendor, t.definitions_version, t.tier_list_year)) AS terms,
       CASE WHEN COUNT(DISTINCT t.vendor, t.definitions_version, t.tier_list_year) = 1
            THEN SUM(s.mud_devices) / SUM(m.mud_devices) END AS share_ratio,
       CASE WHEN COUNT(s.share_se_ratio) = COUNT(*)
            THEN CAST(SUM(CAST(m.mud_devices * s.share_se_ratio AS DECIMAL(30,6))) / SUM(m.mud_devices) AS DOUBLE) END AS share_se_ratio
  FROM v_app_segment s
  JOIN v_app_month m ON m.app_id = s.app_id AND m.month_start = s.month_start
  JOIN v_month_terms t ON t.source = s.source AND t.month_start = s.month_start
 WHERE s.app_id = 'jiaoguan12123' AND s.dimension = 'city_tier' AND s.mud_devices IS NOT NULL
 GROUP BY YEAR(s.month_start), s.app_name, s.member)
SELECT n.of_year, n.app_name, n.city_tier, n.share_ratio, n.share_se_ratio, ROUND(100 * n.share_ratio, 1) AS share_percent,
       n.share_ratio - b.share_ratio AS change_ratio, ROUND(100 * (n.share_ratio - b.share_ratio), 1) AS change_pp,
       100 * SQRT(n.share_se_ratio * n.share_se_ratio + b.share_se_ratio * b.share_se_ratio) AS change_se_pp,
       n.months, n.synthetic
  FROM pooled n
  LEFT JOIN pooled b ON b.of_year = n.of_year - 1 AND b.city_tier = n.city_tier AND b.months = n.months AND b.terms = n.terms;
