-- One row a device. d counts the devices, so that all that follows works on
-- integers.
CREATE TABLE raw_device AS FROM {{.Devices}};

CREATE TYPE tags_t AS ENUM (SELECT DISTINCT coalesce(occupation_tags, '') FROM raw_device);

{{if .Checks}}
CREATE TABLE device AS
SELECT (row_number() OVER ())::INTEGER AS d, {{if .Replicates}} panel_group(device_id) {{else}} 0 {{end}} AS g, device_id,
       any_value(weight) AS weight, any_value(tags) AS tags, any_value(province) AS province, any_value(city_tier) AS city_tier,
       any_value(gender) AS gender, any_value(age_band) AS age_band, any_value(marital) AS marital, count(*) AS said_times
FROM (SELECT device_id, weight, coalesce(occupation_tags, '')::tags_t AS tags,
             try_cast(coalesce(province, '未知') AS province_t) AS province, try_cast(coalesce(city_tier, '未知') AS city_tier_t) AS city_tier,
             try_cast(coalesce(gender, '未知') AS gender_t) AS gender, try_cast(coalesce(age_band, '未知') AS age_band_t) AS age_band,
             try_cast(coalesce(marital, '未知') AS marital_t) AS marital
      FROM raw_device
      WHERE weight > 0)
WHERE province IS NOT NULL AND city_tier IS NOT NULL AND gender IS NOT NULL AND age_band IS NOT NULL AND marital IS NOT NULL
GROUP BY device_id
HAVING count(DISTINCT (weight, tags, province, city_tier, gender, age_band, marital)) = 1;
{{else}}
CREATE TABLE device AS
SELECT (row_number() OVER ())::INTEGER AS d, {{if .Replicates}} panel_group(device_id) {{else}} 0 {{end}} AS g, device_id, weight,
       coalesce(occupation_tags, '')::tags_t AS tags, coalesce(province, '未知')::province_t AS province,
       coalesce(city_tier, '未知')::city_tier_t AS city_tier, coalesce(gender, '未知')::gender_t AS gender,
       coalesce(age_band, '未知')::age_band_t AS age_band, coalesce(marital, '未知')::marital_t AS marital
FROM raw_device;
{{end}}
