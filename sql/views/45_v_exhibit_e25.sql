-- E25 zh: 个人所得税 用户画像：性别、年龄、婚姻占比（%）
-- E25 en: 个人所得税, profile: shares by gender, age and marital status in %
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e25 AS
SELECT v.month_start, v.app_name, v.dimension, g.position, v.member, v.share_ratio, v.share_se_ratio,
       ROUND(100 * v.share_ratio, 1) AS share_percent, v.tgi, v.tgi_se, v.source, v.revision, v.synthetic
  FROM v_app_segment v
  JOIN dim_segment g ON g.dimension = v.dimension AND g.member = v.member
 WHERE v.app_id = 'geshui' AND v.dimension IN ('gender', 'age_band', 'marital') AND v.share_ratio IS NOT NULL;
