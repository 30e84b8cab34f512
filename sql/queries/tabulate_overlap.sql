-- Devices with both apps of a pair, app_a < app_b, x replicate, of a month
-- whose rows live here; see tabulate.sql for the parameters. A pair without
-- common devices has no row.
WITH RECURSIVE
replicate_number AS (
  SELECT 0 AS replicate UNION ALL SELECT replicate + 1 FROM replicate_number WHERE replicate < 80),
group_weight AS (
  SELECT stratum, replicate_group, SUM(weight) AS weight
    FROM v_panel_device
   WHERE source = :source AND month_start = :month
   GROUP BY stratum, replicate_group),
growth AS (
  SELECT w.stratum, r.replicate,
         SUM(w.weight) / NULLIF(SUM(CASE WHEN w.replicate_group = r.replicate THEN 0 ELSE w.weight END), 0) AS factor
    FROM group_weight w
    JOIN replicate_number r
   GROUP BY w.stratum, r.replicate),
app_used AS (
  SELECT u.device_id, u.app_id, d.stratum, d.replicate_group, d.weight
    FROM v_panel_usage u
    JOIN v_panel_device d ON d.source = u.source AND d.month_start = u.month_start AND d.device_id = u.device_id
   WHERE u.source = :source AND u.month_start = :month AND u.seconds >= :min_seconds
   GROUP BY u.device_id, u.app_id, d.stratum, d.replicate_group, d.weight),
part AS (
  SELECT x.app_id AS app_a, y.app_id AS app_b, x.stratum, x.replicate_group, COUNT(*) AS n_devices, SUM(x.weight) AS devices
    FROM app_used x
    JOIN app_used y ON y.device_id = x.device_id AND y.app_id > x.app_id
   GROUP BY x.app_id, y.app_id, x.stratum, x.replicate_group)
SELECT p.app_a, p.app_b, g.replicate,
       SUM(CASE WHEN g.factor IS NULL THEN p.devices WHEN p.replicate_group = g.replicate THEN 0 ELSE g.factor * p.devices END) AS devices,
       SUM(p.n_devices) AS n_devices
  FROM part p
  JOIN growth g ON g.stratum = p.stratum
 GROUP BY p.app_a, p.app_b, g.replicate
 ORDER BY p.app_a, p.app_b, g.replicate
