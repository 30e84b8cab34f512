-- Sums of app x member (x group). Tags are summed as they are written and
-- taken apart afterwards, when few rows are left.
CREATE TABLE cell_sum AS
SELECT a, {{.G}} province, city_tier, gender, age_band, marital, tags, grouping(province, city_tier, gender, age_band, marital, tags) AS which,
       count(*) AS n, sum(weight) AS devices, sum(weight * bit_count(days)) AS device_days, sum(weight * uses) AS uses, sum(weight * seconds) AS seconds
FROM pair
GROUP BY GROUPING SETS ((a{{.AndG}}), (a, province{{.AndG}}), (a, city_tier{{.AndG}}), (a, gender{{.AndG}}), (a, age_band{{.AndG}}),
                        (a, marital{{.AndG}}), (a, tags{{.AndG}}));

CREATE TABLE cell_part AS
WITH sums AS (
  FROM cell_sum
  UNION ALL BY NAME
  SELECT -1 AS a, {{.G}} province, city_tier, gender, age_band, marital, tags, grouping(province, city_tier, gender, age_band, marital, tags) AS which,
         count(*) AS n, sum(weight) AS devices, 0 AS device_days, 0 AS uses, 0 AS seconds
  FROM device
  GROUP BY GROUPING SETS ((), {{if .Replicates}} (g), {{end}} (province{{.AndG}}), (city_tier{{.AndG}}), (gender{{.AndG}}), (age_band{{.AndG}}), (marital{{.AndG}}), (tags{{.AndG}}))),
named AS (
  SELECT a, {{.G}} CASE which WHEN 63 THEN 'all' WHEN 31 THEN 'province' WHEN 47 THEN 'city_tier' WHEN 55 THEN 'gender' WHEN 59 THEN 'age_band' ELSE 'marital' END AS dimension,
         CASE which WHEN 63 THEN 'all' WHEN 31 THEN province WHEN 47 THEN city_tier WHEN 55 THEN gender WHEN 59 THEN age_band ELSE marital END AS member,
         n, devices, device_days, uses, seconds
  FROM sums
  WHERE which <> 62
  UNION ALL
  SELECT a, {{.G}} 'occupation', unnest(CASE WHEN tags = '' THEN ['未知'] ELSE string_split(tags, ';') END), n, devices, device_days, uses, seconds
  FROM sums
  WHERE which = 62
  UNION ALL
  SELECT -1, {{.G}} 'category', category, count(*), sum(weight), 0, 0, 0
  FROM (SELECT DISTINCT d, {{.G}} weight, category FROM pair JOIN app USING (a))
  GROUP BY category{{.AndG}})
SELECT a, {{.G}} dimension, member, sum(n) AS n, sum(devices) AS devices, sum(device_days) AS device_days, sum(uses) AS uses, sum(seconds) AS seconds
FROM named
GROUP BY a, dimension, member{{.AndG}};
