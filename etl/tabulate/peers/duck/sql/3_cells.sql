-- Sums of app x member{{if .Replicates}} x group{{end}}. Tags are summed as they are written and taken
-- apart afterwards, when few rows are left.
CREATE TABLE cell_part AS
WITH sums AS (
  SELECT a::VARCHAR AS a, {{.G}} province, city_tier, gender, age_band, marital, tags,
         grouping(province, city_tier, gender, age_band, marital, tags) AS which,
         count(*) AS n, sum(weight) AS devices, sum(weight * bit_count(days)) AS device_days, sum(weight * uses) AS uses,
         sum(weight * seconds) AS seconds
  FROM pair
  GROUP BY GROUPING SETS ((a{{.AndG}}), (a, province{{.AndG}}), (a, city_tier{{.AndG}}), (a, gender{{.AndG}}), (a, age_band{{.AndG}}),
                          (a, marital{{.AndG}}), (a, tags{{.AndG}}))
  UNION ALL
  SELECT '*', {{.G}} province, city_tier, gender, age_band, marital, tags,
         grouping(province, city_tier, gender, age_band, marital, tags),
         count(*), sum(weight), 0, 0, 0
  FROM device
  GROUP BY GROUPING SETS ({{if .Replicates}}(g){{else}}(){{end}}, (province{{.AndG}}), (city_tier{{.AndG}}), (gender{{.AndG}}),
                          (age_band{{.AndG}}), (marital{{.AndG}}), (tags{{.AndG}}))),
named AS (
  SELECT a, {{.G}} CASE which WHEN 63 THEN 'all' WHEN 31 THEN 'province' WHEN 47 THEN 'city_tier' WHEN 55 THEN 'gender'
                              WHEN 59 THEN 'age_band' ELSE 'marital' END AS dimension,
         CASE which WHEN 63 THEN 'all' WHEN 31 THEN province::VARCHAR WHEN 47 THEN city_tier::VARCHAR WHEN 55 THEN gender::VARCHAR
                    WHEN 59 THEN age_band::VARCHAR ELSE marital::VARCHAR END AS member,
         n, devices, device_days, uses, seconds
  FROM sums
  WHERE which <> 62
  UNION ALL
  SELECT a, {{.G}} 'occupation', unnest(CASE WHEN tags = '' THEN ['未知'] ELSE string_split(tags::VARCHAR, ';') END),
         n, devices, device_days, uses, seconds
  FROM sums
  WHERE which = 62
  UNION ALL
  SELECT '*', {{.G}} 'category', category, count(*), sum(weight), 0, 0, 0
  FROM (SELECT any_value(g) AS g, any_value(weight) AS weight, bit_or(1::BIGINT << k) AS used FROM pair JOIN category USING (a) GROUP BY d)
  JOIN (SELECT DISTINCT k, category FROM category) ON (used >> k) & 1 = 1
  GROUP BY category{{.AndG}})
SELECT a, {{.G}} dimension, member, sum(n)::BIGINT AS n, sum(devices) AS devices, sum(device_days) AS device_days, sum(uses) AS uses,
       sum(seconds) AS seconds
FROM named
GROUP BY a, dimension, member{{.AndG}};
