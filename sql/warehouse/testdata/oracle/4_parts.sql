-- What each group of each stratum adds to each number: cells (app, dimension,
-- member), days (app, day) and pairs (app, app).
CREATE TABLE part (
  kind VARCHAR(8), a VARCHAR(64), b VARCHAR(64), c VARCHAR(64), stratum VARCHAR(16), grp INT,
  n INT, devices DOUBLE, device_days DOUBLE, uses DOUBLE, seconds DOUBLE,
  PRIMARY KEY (kind, a, b, c, stratum, grp));

INSERT INTO part
SELECT 'cell', u.app_id, s.dimension, s.member, d.stratum, d.grp,
       COUNT(*), SUM(d.weight), SUM(d.weight * u.active_days), SUM(d.weight * u.uses), SUM(d.weight * u.seconds)
  FROM app_used u
  JOIN device d ON d.device_id = u.device_id
  JOIN device_segment s ON s.device_id = u.device_id
 GROUP BY u.app_id, s.dimension, s.member, d.stratum, d.grp;

INSERT INTO part
SELECT 'cell', '*', s.dimension, s.member, d.stratum, d.grp, COUNT(*), SUM(d.weight), 0, 0, 0
  FROM device d
  JOIN device_segment s ON s.device_id = d.device_id
 GROUP BY s.dimension, s.member, d.stratum, d.grp;

INSERT INTO part
SELECT 'cell', '*', 'category', category, stratum, grp, COUNT(*), SUM(weight), 0, 0, 0
  FROM (SELECT DISTINCT d.device_id, d.weight, d.stratum, d.grp, a.category
          FROM app_used u
          JOIN device d ON d.device_id = u.device_id
          JOIN known_app a ON a.app_id = u.app_id) in_category
 GROUP BY category, stratum, grp;

INSERT INTO part
SELECT 'day', u.app_id, DAY(u.day), '', d.stratum, d.grp, COUNT(*), SUM(d.weight), 0, 0, 0
  FROM app_usage u
  JOIN the_month m
  JOIN device d ON d.device_id = u.device_id
 WHERE m.has_days = 1 AND u.seconds >= m.min_seconds
 GROUP BY u.app_id, u.day, d.stratum, d.grp;

INSERT INTO part
SELECT 'pair', x.app_id, y.app_id, '', d.stratum, d.grp,
       COUNT(both_used.device_id), SUM(CASE WHEN both_used.device_id IS NULL THEN 0 ELSE d.weight END), 0, 0, 0
  FROM (SELECT DISTINCT app_id FROM app_used) x
  JOIN (SELECT DISTINCT app_id FROM app_used) y ON x.app_id < y.app_id
  JOIN device d
  LEFT JOIN (SELECT p.device_id, p.app_id AS one_app, q.app_id AS other_app
               FROM app_used p
               JOIN app_used q ON q.device_id = p.device_id AND p.app_id < q.app_id) both_used
    ON both_used.device_id = d.device_id AND both_used.one_app = x.app_id AND both_used.other_app = y.app_id
 GROUP BY x.app_id, y.app_id, d.stratum, d.grp;

-- Without group g the weights of a stratum grow by W / (W - W_g). A stratum
-- that is all in group g has nobody to stand in for it and stays as it is.
CREATE TABLE factor (stratum VARCHAR(16), g INT, of_all DOUBLE, of_group DOUBLE, PRIMARY KEY (stratum, g));

INSERT INTO factor
SELECT stratum, 0, 1, 0 FROM device GROUP BY stratum;

INSERT INTO factor
WITH RECURSIVE groups_of_panel AS (SELECT 1 AS g UNION ALL SELECT g + 1 FROM groups_of_panel WHERE g < 80),
total AS (
  SELECT d.stratum, x.g, COUNT(*) AS n, SUM(d.grp = x.g) AS n_g,
         SUM(d.weight) AS w, SUM(CASE WHEN d.grp = x.g THEN d.weight ELSE 0 END) AS w_g
    FROM device d
    JOIN groups_of_panel x
   GROUP BY d.stratum, x.g)
SELECT stratum, g, CASE WHEN n = n_g THEN 1 ELSE w / (w - w_g) END, CASE WHEN n = n_g THEN 0 ELSE w / (w - w_g) END
  FROM total;
