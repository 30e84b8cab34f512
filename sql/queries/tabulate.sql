-- The estimates of a month whose rows live here: app x segment x replicate,
-- the same that panelwatch computes from a delivery. Replace :source, :month
-- (its first day), :min_seconds (0 to count every use) and :dimensions, and
-- run it in any client. App * is the whole network.
--
-- DISTINCT has the server check every device once, not with every use of it.
-- A replicate leaves out one of 80 groups of devices and has the others of
-- the stratum stand in for it: their weights grow by W / (W - W_g), so that a
-- sum T becomes W / (W - W_g) x (T - T_g). A stratum that is all in one group
-- stays as it is.
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
kind AS (
  SELECT dimension, n
    FROM (SELECT 'all' AS dimension, 1 AS n
          UNION ALL SELECT 'province', 1 UNION ALL SELECT 'city', 1 UNION ALL SELECT 'city_tier', 1
          UNION ALL SELECT 'gender', 1 UNION ALL SELECT 'age_band', 1 UNION ALL SELECT 'marital', 1
          UNION ALL SELECT 'occupation', 1 UNION ALL SELECT 'occupation', 2 UNION ALL SELECT 'occupation', 3
          UNION ALL SELECT 'occupation', 4 UNION ALL SELECT 'occupation', 5 UNION ALL SELECT 'occupation', 6
          UNION ALL SELECT 'occupation', 7 UNION ALL SELECT 'occupation', 8) every_kind
   WHERE dimension = 'all' OR dimension IN (:dimensions)),
device AS (
  SELECT DISTINCT device_id, stratum, replicate_group, weight, province, city, city_tier, gender, age_band, marital, occupation_tags, tags
    FROM v_panel_device
   WHERE source = :source AND month_start = :month),
device_segment AS (
  SELECT d.device_id, d.stratum, d.replicate_group, d.weight, k.dimension,
         CASE k.dimension WHEN 'all' THEN 'all' WHEN 'province' THEN d.province WHEN 'city' THEN d.city WHEN 'city_tier' THEN d.city_tier
                          WHEN 'gender' THEN d.gender WHEN 'age_band' THEN d.age_band WHEN 'marital' THEN d.marital
                          ELSE SUBSTRING_INDEX(SUBSTRING_INDEX(d.occupation_tags, ';', k.n), ';', -1) END AS member
    FROM device d
    JOIN kind k ON k.dimension <> 'occupation'
                OR (k.n <= d.tags
                    AND FIND_IN_SET(SUBSTRING_INDEX(SUBSTRING_INDEX(d.occupation_tags, ';', k.n), ';', -1), REPLACE(d.occupation_tags, ';', ',')) = k.n)),
app_used AS (
  SELECT device_id, app_id, MIN(category) AS category, SUM(active_days) AS device_days, SUM(uses) AS uses, SUM(seconds) AS seconds
    FROM v_panel_usage
   WHERE source = :source AND month_start = :month AND seconds >= :min_seconds
   GROUP BY device_id, app_id),
part AS (
  SELECT u.app_id, s.dimension, s.member, s.stratum, s.replicate_group, COUNT(*) AS n_devices, SUM(s.weight) AS devices,
         SUM(s.weight * u.device_days) AS device_days, SUM(s.weight * u.uses) AS uses, SUM(s.weight * u.seconds) AS seconds
    FROM app_used u
    JOIN device_segment s ON s.device_id = u.device_id
   GROUP BY u.app_id, s.dimension, s.member, s.stratum, s.replicate_group
  UNION ALL
  SELECT '*', dimension, member, stratum, replicate_group, COUNT(*), SUM(weight), 0, 0, 0
    FROM device_segment
   GROUP BY dimension, member, stratum, replicate_group
  UNION ALL
  SELECT '*', 'category', category, stratum, replicate_group, COUNT(*), SUM(weight), 0, 0, 0
    FROM (SELECT d.device_id, d.stratum, d.replicate_group, d.weight, u.category
            FROM app_used u
            JOIN device d ON d.device_id = u.device_id
           WHERE u.category <> '' AND 'category' IN (:dimensions)
           GROUP BY d.device_id, d.stratum, d.replicate_group, d.weight, u.category) in_category
   GROUP BY category, stratum, replicate_group),
known_part AS (
  SELECT p.app_id, p.dimension, p.member, p.stratum, p.replicate_group, p.n_devices, p.devices, p.device_days, p.uses, p.seconds
    FROM part p
    LEFT JOIN dim_segment s ON s.dimension = p.dimension AND s.member = p.member
   WHERE p.dimension <> 'city' OR s.member IS NOT NULL),
whole_and_group AS (
  SELECT p.app_id, p.dimension, p.member, p.stratum, o.own * p.replicate_group AS left_out, SUM(p.n_devices) AS n_devices,
         SUM(p.devices) AS devices, SUM(p.device_days) AS device_days, SUM(p.uses) AS uses, SUM(p.seconds) AS seconds
    FROM known_part p
    JOIN (SELECT 0 AS own UNION ALL SELECT 1) o
   GROUP BY p.app_id, p.dimension, p.member, p.stratum, o.own * p.replicate_group),
estimate AS (
  SELECT p.app_id, p.dimension, p.member, c.replicate, SUM(c.counts * p.n_devices) AS n_left,
         SUM(c.times * p.devices) AS devices, SUM(c.times * p.device_days) AS device_days, SUM(c.times * p.uses) AS uses, SUM(c.times * p.seconds) AS seconds,
         SUM(CASE WHEN p.left_out = 0 THEN p.n_devices ELSE 0 END) AS n_devices
    FROM whole_and_group p
    JOIN coefficient c ON c.stratum = p.stratum AND c.left_out = p.left_out
   GROUP BY p.app_id, p.dimension, p.member, c.replicate)
SELECT app_id, dimension, member, replicate,
       CASE WHEN n_left = 0 THEN 0 ELSE devices END AS devices,
       CASE WHEN n_left = 0 THEN 0 ELSE device_days END AS device_days,
       CASE WHEN n_left = 0 THEN 0 ELSE uses END AS uses,
       CASE WHEN n_left = 0 THEN 0 ELSE seconds END AS seconds,
       n_devices
  FROM estimate
 ORDER BY app_id, dimension, member, replicate
