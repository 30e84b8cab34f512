-- E04 zh: 细分行业·金融公共：个人所得税当年全网渗透率峰值（%）及较三年前的变化（百分点），闽政通的规模与名次
-- E04 en: Headline public finance: 个人所得税, peak of the year's penetration in % and its change on three years before in pp; 闽政通, size and place
-- The error of the change takes the two months as independent: too large where the panel stayed.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e04 AS
WITH peaks AS (
SELECT x.app_id, x.app_name, YEAR(x.month_start) AS of_year, x.penetration_all_ratio AS peak, x.penetration_all_se_ratio AS se,
       CONCAT_WS('|', t.vendor, t.definitions_version) AS terms, x.synthetic,
       COUNT(x.penetration_all_ratio) OVER (PARTITION BY x.app_id, YEAR(x.month_start)) AS months,
       ROW_NUMBER() OVER (PARTITION BY x.app_id, YEAR(x.month_start) ORDER BY x.penetration_all_ratio DESC, x.month_start) AS nth
  FROM v_app_month x
  JOIN v_month_terms t ON t.source = x.source AND t.month_start = x.month_start
 WHERE x.app_id IN ('geshui', 'minzhengtong'))
SELECT v.month_start, v.app_name, v.mud_devices, v.mud_se_devices, ROUND(v.mud_devices / 10000, 1) AS mud_wan,
       n.peak AS peak_penetration_ratio, n.se AS peak_penetration_se_ratio, ROUND(100 * n.peak, 1) AS peak_penetration_percent,
       ROUND(100 * (n.peak - b.peak), 1) AS change_on_three_years_pp, 100 * SQRT(n.se * n.se + b.se * b.se) AS change_on_three_years_se_pp,
       r.list_name, r.place, v.source, v.revision, v.synthetic
  FROM v_app_month v
  LEFT JOIN v_rank r ON r.app_id = v.app_id AND r.month_start = v.month_start AND r.list_name = '地方政务'
  LEFT JOIN peaks n ON n.app_id = v.app_id AND n.of_year = YEAR(v.month_start) AND n.nth = 1
  LEFT JOIN peaks b ON b.app_id = v.app_id AND b.of_year = n.of_year - 3 AND b.nth = 1 AND b.terms = n.terms
 WHERE v.app_id IN ('geshui', 'minzhengtong');
