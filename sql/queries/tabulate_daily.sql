-- Unique devices of app x day x replicate of a month whose rows live here; see
-- tabulate.sql for the parameters. Nothing for rows of whole months.
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
part AS (
  SELECT u.app_id, u.day, d.stratum, d.replicate_group, COUNT(*) AS n_devices, SUM(d.weight) AS devices
    FROM v_panel_usage u
    JOIN v_panel_device d ON d.source = u.source AND d.month_start = u.month_start AND d.device_id = u.device_id
   WHERE u.source = :source AND u.month_start = :month AND u.seconds >= :min_seconds AND u.day > 0
   GROUP BY u.app_id, u.day, d.stratum, d.replicate_group)
SELECT p.app_id, p.day, g.replicate,
       SUM(CASE WHEN g.factor IS NULL THEN p.devices WHEN p.replicate_group = g.replicate THEN 0 ELSE g.factor * p.devices END) AS devices,
       SUM(p.n_devices) AS n_devices
  FROM part p
  JOIN growth g ON g.stratum = p.stratum
 GROUP BY p.app_id, p.day, g.replicate
 ORDER BY p.app_id, p.day, g.replicate
