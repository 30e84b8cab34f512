-- E28 zh: 云闪付 渗透率：在支付行业的渗透率（%）
-- E28 en: 云闪付, penetration of the payment industry in %
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e28 AS
SELECT v.month_start, v.app_name, v.value AS penetration_industry_ratio, v.se AS penetration_industry_se_ratio,
       ROUND(100 * v.value, 1) AS penetration_industry_percent, v.source, v.revision, v.synthetic
  FROM v_indicator v
 WHERE v.app_id = 'yunshanfu' AND v.indicator = 'penetration_industry' AND v.dimension = 'all';
