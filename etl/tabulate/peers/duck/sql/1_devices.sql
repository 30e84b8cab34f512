-- One row a device, its attributes as numbers. d counts the devices, so that
-- all that follows works on integers.
{{if .Checks}}
CREATE TABLE raw_device AS FROM {{.Devices}};

CREATE TABLE device AS
SELECT row_number() OVER () AS d, device_id, any_value(weight) AS weight, any_value(tags) AS tags,
       any_value(province) AS province, any_value(city_tier) AS city_tier, any_value(gender) AS gender,
       any_value(age_band) AS age_band, any_value(marital) AS marital,
       {{if .Replicates}} panel_group(device_id) {{else}} 0 {{end}} AS g, count(*) AS said_times
FROM (SELECT device_id, weight, coalesce(occupation_tags, '') AS tags, coalesce(province, '未知') AS province,
             coalesce(city_tier, '未知') AS city_tier, coalesce(gender, '未知') AS gender,
             coalesce(age_band, '未知') AS age_band, coalesce(marital, '未知') AS marital
      FROM raw_device
      WHERE weight > 0)
WHERE province IN (SELECT member FROM known_member WHERE dimension = 'province')
  AND city_tier IN (SELECT member FROM known_member WHERE dimension = 'city_tier')
  AND gender IN (SELECT member FROM known_member WHERE dimension = 'gender')
  AND age_band IN (SELECT member FROM known_member WHERE dimension = 'age_band')
  AND marital IN (SELECT member FROM known_member WHERE dimension = 'marital')
GROUP BY device_id
HAVING count(DISTINCT (weight, tags, province, city_tier, gender, age_band, marital)) = 1;
{{else}}
CREATE TABLE device AS
SELECT row_number() OVER () AS d, device_id, weight, coalesce(occupation_tags, '') AS tags,
       coalesce(province, '未知') AS province, coalesce(city_tier, '未知') AS city_tier,
       coalesce(gender, '未知') AS gender, coalesce(age_band, '未知') AS age_band, coalesce(marital, '未知') AS marital,
       {{if .Replicates}} panel_group(device_id) {{else}} 0 {{end}} AS g, 1 AS said_times
FROM {{.Devices}};
{{end}}
