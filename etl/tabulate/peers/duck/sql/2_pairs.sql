-- One row a device and app, its days as a mask.
{{if .Checks}}
CREATE TABLE day_row AS
SELECT device_id, app_id, day, min(uses) AS uses, min(seconds) AS seconds, count(*) AS said_times
FROM (SELECT device_id, app_id, try_cast(day AS DATE) AS day, try_cast(uses AS INTEGER) AS uses, try_cast(seconds AS INTEGER) AS seconds
      FROM {{.Usage}})
WHERE day BETWEEN DATE '{{.First}}' AND last_day(DATE '{{.First}}')
  AND uses >= 0 AND seconds BETWEEN 0 AND 86400
  AND app_id IN (SELECT app_id FROM app)
  AND device_id IN (SELECT device_id FROM device)
GROUP BY device_id, app_id, day
HAVING min(uses) = max(uses) AND min(seconds) = max(seconds);
{{end}}
CREATE TABLE pair AS
SELECT d.d, d.g, a.a, d.weight, d.tags, d.province, d.city_tier, d.gender, d.age_band, d.marital,
       p.days, p.uses, p.seconds
FROM (SELECT device_id, app_id, bit_or((1 << (day(day) - 1))::UINTEGER) AS days, sum(uses)::BIGINT AS uses, sum(seconds)::BIGINT AS seconds
      FROM {{if .Checks}} day_row {{else}} {{.Usage}} {{end}}
      WHERE seconds >= {{.MinSeconds}}
      GROUP BY device_id, app_id) p
JOIN device d USING (device_id)
JOIN app a USING (app_id);
