-- The four tables of results. A replicate is W / (W - W_g) x (T - T_g).
{{if .Replicates}}
CREATE TABLE factor AS
SELECT 0 AS g, 1.0::DOUBLE AS f
UNION ALL
SELECT g, (SELECT sum(weight) FROM device) / ((SELECT sum(weight) FROM device) - coalesce(w, 0))
FROM (SELECT range AS g FROM range(1, 81)) LEFT JOIN (SELECT g, sum(weight) AS w FROM device GROUP BY g) USING (g);
{{end}}

COPY (
  {{if .Replicates}}
  WITH whole AS (
    SELECT a, dimension, member, sum(n)::BIGINT AS n, sum(devices) AS devices, sum(device_days) AS device_days, sum(uses) AS uses, sum(seconds) AS seconds
    FROM cell_part
    GROUP BY a, dimension, member)
  SELECT w.a AS app, w.dimension, w.member, f.g AS replicate, w.n AS n_devices,
         f.f * (w.devices - coalesce(p.devices, 0)) AS devices, f.f * (w.device_days - coalesce(p.device_days, 0)) AS device_days,
         f.f * (w.uses - coalesce(p.uses, 0)) AS uses, f.f * (w.seconds - coalesce(p.seconds, 0)) AS seconds
  FROM whole w
  JOIN factor f ON true
  LEFT JOIN cell_part p ON p.a = w.a AND p.dimension = w.dimension AND p.member = w.member AND p.g = f.g
  {{else}}
  SELECT a AS app, dimension, member, 0 AS replicate, n AS n_devices, devices, device_days, uses, seconds
  FROM cell_part
  {{end}}
  ORDER BY app, dimension, member, replicate
) TO '{{.Out}}/cells.csv' (HEADER);

COPY (
  {{if .Replicates}}
  WITH whole AS (SELECT a, day, sum(n)::BIGINT AS n, sum(devices) AS devices FROM day_part GROUP BY a, day)
  SELECT w.a AS app, w.day, f.g AS replicate, w.n AS n_devices, f.f * (w.devices - coalesce(p.devices, 0)) AS devices
  FROM whole w
  JOIN factor f ON true
  LEFT JOIN day_part p ON p.a = w.a AND p.day = w.day AND p.g = f.g
  {{else}}
  SELECT a AS app, day, 0 AS replicate, n AS n_devices, devices
  FROM day_part
  {{end}}
  ORDER BY app, day, replicate
) TO '{{.Out}}/daily.csv' (HEADER);

COPY (
  WITH used AS (SELECT DISTINCT a::VARCHAR AS a FROM pair),
  every_pair AS (SELECT x.a, y.a AS b FROM used x JOIN used y ON x.a < y.a),
  whole AS (SELECT a, b, sum(n)::BIGINT AS n, sum(devices) AS devices FROM pair_part GROUP BY a, b)
  {{if .Replicates}}
  SELECT e.a AS app_a, e.b AS app_b, f.g AS replicate, coalesce(w.n, 0) AS n_devices,
         f.f * (coalesce(w.devices, 0) - coalesce(p.devices, 0)) AS devices
  FROM every_pair e
  JOIN factor f ON true
  LEFT JOIN whole w ON w.a = e.a AND w.b = e.b
  LEFT JOIN pair_part p ON p.a = e.a AND p.b = e.b AND p.g = f.g
  {{else}}
  SELECT e.a AS app_a, e.b AS app_b, 0 AS replicate, coalesce(w.n, 0) AS n_devices, coalesce(w.devices, 0) AS devices
  FROM every_pair e
  LEFT JOIN whole w ON w.a = e.a AND w.b = e.b
  {{end}}
  ORDER BY app_a, app_b, replicate
) TO '{{.Out}}/overlap.csv' (HEADER);

COPY (
  SELECT table_name, n_read, n_loaded, n_read - n_loaded - n_ignored AS n_rejected, n_ignored FROM (
    {{if .Checks}}
    SELECT 'devices' AS table_name, (SELECT count(*) FROM raw_device) AS n_read, count(*) AS n_loaded,
           (sum(said_times) - count(*))::BIGINT AS n_ignored
    FROM device
    UNION ALL
    SELECT 'usage', (SELECT count(*) FROM {{.Usage}}), count(*), (sum(said_times) - count(*))::BIGINT FROM day_row
    {{else}}
    SELECT 'devices' AS table_name, count(*) AS n_read, count(*) AS n_loaded, 0 AS n_ignored FROM device
    UNION ALL
    SELECT 'usage', {{.Rows}}, {{.Rows}}, 0
    {{end}})
) TO '{{.Out}}/books.csv' (HEADER);
