-- E04 zh: 细分行业·金融公共：个人所得税当年全网渗透率峰值（%）及较三年前的变化（百分点），闽政通的规模与名次
-- E04 en: Headline public finance: 个人所得税, peak of the year's penetration in % and its change on three years before in pp; 闽政通, size and place
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e04 AS
SELECT v.month_start, v.app_name, v.mud_devices, v.mud_se_devices, ROUND(v.mud_devices / 10000, 1) AS mud_wan,
       MAX(v.penetration_all_ratio) OVER of_year AS peak_penetration_ratio,
       ROUND(100 * MAX(v.penetration_all_ratio) OVER of_year, 1) AS peak_penetration_percent,
       ROUND(100 * (MAX(v.penetration_all_ratio) OVER of_year - b.peak), 1) AS change_on_three_years_pp,
       r.list_name, r.place, v.source, v.revision, v.synthetic
  FROM v_app_month v
  LEFT JOIN v_rank r ON r.app_id = v.app_id AND r.month_start = v.month_start AND r.list_name = '地方政务'
  LEFT JOIN (SELECT x.app_id, YEAR(x.month_start) AS of_year, MAX(x.penetration_all_ratio) AS peak
               FROM v_app_month x WHERE x.app_id IN ('geshui', 'minzhengtong') GROUP BY x.app_id, YEAR(x.month_start)) b
    ON b.app_id = v.app_id AND b.of_year = YEAR(v.month_start) - 3
 WHERE v.app_id IN ('geshui', 'minzhengtong')
WINDOW of_year AS (PARTITION BY v.app_id, YEAR(v.month_start));
