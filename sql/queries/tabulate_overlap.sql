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
coefficient AS (
  SELECT DISTINCT g.stratum, g.replicate, o.own * g.replicate AS left_out,
         CASE o.own WHEN 0 THEN COALESCE(g.factor, 1) ELSE -COALESCE(g.factor, 0) END AS times,
         CASE WHEN o.own = 0 THEN 1 WHEN g.factor IS NULL THEN 0 ELSE -1 END AS counts
    FROM growth g
    JOIN (SELECT 0 AS own UNION ALL SELECT 1) o ON o.own = 0 OR g.replicate > 0),
device AS (
  SELECT DISTINCT device_id, stratum, replicate_group, weight
    FROM v_panel_device
   WHERE source = :source AND month_start = :month),
app_used AS (
  SELECT u.device_id, u.app_id, d.stratum, d.replicate_group, d.weight
    FROM v_panel_usage u
    JOIN device d ON d.device_id = u.device_id
   WHERE u.source = :source AND u.month_start = :month AND u.seconds >= :min_seconds
   GROUP BY u.device_id, u.app_id, d.stratum, d.replicate_group, d.weight),
part AS (
  SELECT x.app_id AS app_a, y.app_id AS app_b, x.stratum, x.replicate_group, COUNT(*) AS n_devices, SUM(x.weight) AS devices
    FROM app_used x
    JOIN app_used y ON y.device_id = x.device_id AND y.app_id > x.app_id
   GROUP BY x.app_id, y.app_id, x.stratum, x.replicate_group),
whole_and_group AS (
  SELECT p.app_a, p.app_b, p.stratum, o.own * p.replicate_group AS left_out, SUM(p.n_devices) AS n_devices,
         SUM(p.devices) AS devices
    FROM part p
    JOIN (SELECT 0 AS own UNION ALL SELECT 1) o
   GROUP BY p.app_a, p.app_b, p.stratum, o.own * p.replicate_group),
estimate AS (
  SELECT p.app_a, p.app_b, c.replicate, SUM(c.counts * p.n_devices) AS n_left,
         SUM(c.times * p.devices) AS devices,
         SUM(CASE WHEN p.left_out = 0 THEN p.n_devices ELSE 0 END) AS n_devices
    FROM whole_and_group p
    JOIN coefficient c ON c.stratum = p.stratum AND c.left_out = p.left_out
   GROUP BY p.app_a, p.app_b, c.replicate)
SELECT app_a, app_b, replicate,
       CASE WHEN n_left = 0 THEN 0 ELSE devices END AS devices,
       n_devices
  FROM estimate
 ORDER BY app_a, app_b, replicate
