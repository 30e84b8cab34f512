-- One row a device and app, its days as a mask, with the device's attributes.
{{if .Checks}}
CREATE TABLE day_row AS
SELECT device_id, app_id, day, min(uses) AS uses, min(seconds) AS seconds, count(*) AS said_times
FROM (SELECT device_id, try_cast(app_id AS app_t) AS app_id, try_cast(day AS DATE) AS day,
             try_cast(uses AS INTEGER) AS uses, try_cast(seconds AS INTEGER) AS seconds
      FROM {{.Usage}})
WHERE day BETWEEN DATE '{{.First}}' AND last_day(DATE '{{.First}}')
  AND uses >= 0 AND seconds BETWEEN 0 AND 86400 AND app_id IS NOT NULL
  AND device_id IN (SELECT device_id FROM device)
GROUP BY device_id, app_id, day
HAVING min(uses) = max(uses) AND min(seconds) = max(seconds);
{{end}}

CREATE TABLE pair AS
SELECT d, g, app_id::app_t AS a, days, uses, seconds, weight, tags, province, city_tier, gender, age_band, marital
FROM (SELECT device_id, app_id, bit_or((1 << (day(day) - 1))::UINTEGER) AS days, sum(uses)::BIGINT AS uses, sum(seconds)::BIGINT AS seconds
      FROM {{if .Checks}} day_row {{else}} {{.Usage}} {{end}}
      {{if .MinSeconds}} WHERE seconds >= {{.MinSeconds}} {{end}}
      GROUP BY device_id, app_id)
JOIN device USING (device_id);
