-- zh: 计入统计的样本设备
-- en: Devices of the panel that count
-- Devices of the panel that count: weight above 0, every member one that the
-- catalogue knows. replicate_group is the group that a replicate leaves out.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_panel_device AS
SELECT d.source, d.month_start, d.device_id, d.weight, d.stratum, COALESCE(d.rep_group, 1 + CRC32(d.device_id) MOD 80) AS replicate_group,
       COALESCE(d.province, '未知') AS province, COALESCE(d.city, '未知') AS city, COALESCE(d.city_tier, '未知') AS city_tier,
       COALESCE(d.gender, '未知') AS gender, COALESCE(d.age_band, '未知') AS age_band, COALESCE(d.marital, '未知') AS marital,
       COALESCE(d.occupation_tags, '未知') AS occupation_tags,
       1 + CHAR_LENGTH(COALESCE(d.occupation_tags, '')) - CHAR_LENGTH(REPLACE(COALESCE(d.occupation_tags, ''), ';', '')) AS tags
  FROM panel_device d
 WHERE d.weight > 0
   AND COALESCE(d.rep_group, 1) BETWEEN 1 AND 80
   AND COALESCE(d.province, '未知') IN (SELECT s.member FROM dim_segment s WHERE s.dimension = 'province')
   AND COALESCE(d.city_tier, '未知') IN (SELECT s.member FROM dim_segment s WHERE s.dimension = 'city_tier')
   AND COALESCE(d.gender, '未知') IN (SELECT s.member FROM dim_segment s WHERE s.dimension = 'gender')
   AND COALESCE(d.age_band, '未知') IN (SELECT s.member FROM dim_segment s WHERE s.dimension = 'age_band')
   AND COALESCE(d.marital, '未知') IN (SELECT s.member FROM dim_segment s WHERE s.dimension = 'marital')
   AND NOT EXISTS (
         SELECT 1
           FROM (SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4
                 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8) numbers
          WHERE SUBSTRING_INDEX(SUBSTRING_INDEX(COALESCE(d.occupation_tags, '未知'), ';', numbers.n), ';', -1) NOT IN (
                  SELECT s.member FROM dim_segment s WHERE s.dimension = 'occupation'));
