-- Valid rows of known devices and apps: one per device, app and day, none
-- where two rows of the same day differ.
CREATE TABLE app_usage (
  device_id VARCHAR(64), app_id VARCHAR(64), day DATE, active_days INT, uses INT, seconds INT, said_times INT,
  PRIMARY KEY (device_id, app_id, day));

INSERT INTO app_usage
SELECT u.device_id, u.app_id, COALESCE(u.day, m.first_day), MIN(COALESCE(u.active_days, 1)), MIN(u.uses), MIN(u.seconds), COUNT(*)
  FROM raw_usage u
  JOIN the_month m
  JOIN device d ON d.device_id = u.device_id
  JOIN known_app a ON a.app_id = u.app_id
 WHERE COALESCE(u.day, m.first_day) BETWEEN m.first_day AND m.last_day
   AND COALESCE(u.active_days, 1) BETWEEN 1 AND DAY(m.last_day)
   AND u.uses >= COALESCE(u.active_days, 0)
   AND u.seconds BETWEEN 0 AND 86400 * COALESCE(u.active_days, 1)
 GROUP BY u.device_id, u.app_id, COALESCE(u.day, m.first_day)
HAVING COUNT(DISTINCT COALESCE(u.active_days, 1), u.uses, u.seconds) = 1;

-- A device uses an app when a row of it is long enough.
CREATE TABLE app_used (
  device_id VARCHAR(64), app_id VARCHAR(64), active_days INT, uses INT, seconds INT, PRIMARY KEY (device_id, app_id));

INSERT INTO app_used
SELECT u.device_id, u.app_id, SUM(u.active_days), SUM(u.uses), SUM(u.seconds)
  FROM app_usage u
  JOIN the_month m
 WHERE u.seconds >= m.min_seconds
 GROUP BY u.device_id, u.app_id;
