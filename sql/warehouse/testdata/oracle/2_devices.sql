-- What each line says of its device: one row per attribute, several for tags.
CREATE TABLE said (line INT, dimension VARCHAR(32), member VARCHAR(64), PRIMARY KEY (line, dimension, member));

INSERT INTO said
SELECT DISTINCT r.line, r.dimension, COALESCE(l.member, NULLIF(r.member, ''), '未知')
  FROM (SELECT line, 'province' AS dimension, province AS member FROM raw_device
        UNION ALL SELECT line, 'city', city FROM raw_device
        UNION ALL SELECT line, 'city_tier', city_tier FROM raw_device
        UNION ALL SELECT line, 'gender', gender FROM raw_device
        UNION ALL SELECT line, 'age_band', age_band FROM raw_device
        UNION ALL SELECT line, 'marital', marital FROM raw_device
        UNION ALL
        SELECT line, 'occupation', SUBSTRING_INDEX(SUBSTRING_INDEX(REPLACE(occupation_tags, '；', ';'), ';', n), ';', -1)
          FROM raw_device
          JOIN (SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4) numbers
            ON n <= 1 + CHAR_LENGTH(REPLACE(occupation_tags, '；', ';')) - CHAR_LENGTH(REPLACE(REPLACE(occupation_tags, '；', ';'), ';', ''))
       ) r
  LEFT JOIN member_alias l ON l.dimension = r.dimension AND l.alias = r.member;

-- Cities that are not watched are no segment; an unknown member of any other
-- dimension spoils the line.
CREATE TABLE good_line (
  line INT PRIMARY KEY, device_id VARCHAR(64), weight DOUBLE, grp INT, stratum VARCHAR(16), attributes VARCHAR(512));

INSERT INTO good_line
SELECT r.line, r.device_id, r.weight, COALESCE(r.rep_group, 1 + CRC32(r.device_id) % 80), r.strata,
       GROUP_CONCAT(k.dimension, '=', k.member ORDER BY k.dimension, k.member SEPARATOR '|')
  FROM raw_device r
  JOIN said s ON s.line = r.line
  LEFT JOIN known_member k ON k.dimension = s.dimension AND k.member = s.member
 WHERE r.device_id <> '' AND r.weight > 0
 GROUP BY r.line, r.device_id, r.weight, r.rep_group, r.strata
HAVING SUM(k.member IS NULL AND s.dimension <> 'city') = 0;

-- One row per device, none for a device of which two lines differ.
CREATE TABLE device (device_id VARCHAR(64) PRIMARY KEY, line INT, weight DOUBLE, grp INT, stratum VARCHAR(16), said_times INT);

INSERT INTO device
SELECT device_id, MIN(line), MIN(weight), MIN(grp), MIN(stratum), COUNT(*)
  FROM good_line
 GROUP BY device_id
HAVING COUNT(DISTINCT weight, grp, stratum, attributes) = 1;

CREATE TABLE device_segment (
  device_id VARCHAR(64), dimension VARCHAR(32), member VARCHAR(64), PRIMARY KEY (device_id, dimension, member));

INSERT INTO device_segment
SELECT d.device_id, s.dimension, s.member
  FROM device d
  JOIN said s ON s.line = d.line
  JOIN known_member k ON k.dimension = s.dimension AND k.member = s.member
UNION ALL
SELECT device_id, 'all', 'all' FROM device;
