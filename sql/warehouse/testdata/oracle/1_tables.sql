-- The rows as delivered, and what the catalogue knows.
CREATE TABLE raw_device (
  line INT PRIMARY KEY, device_id VARCHAR(64), weight DOUBLE, rep_group INT NULL, strata VARCHAR(16),
  province VARCHAR(16), city VARCHAR(16), city_tier VARCHAR(16), gender VARCHAR(16), age_band VARCHAR(16),
  marital VARCHAR(16), occupation_tags VARCHAR(64));

CREATE TABLE raw_usage (
  line INT PRIMARY KEY, device_id VARCHAR(64), app_id VARCHAR(64), day DATE NULL, active_days INT NULL,
  uses INT, seconds INT, KEY (device_id, app_id));

CREATE TABLE known_app (app_id VARCHAR(64) PRIMARY KEY, category VARCHAR(16));

CREATE TABLE known_member (dimension VARCHAR(32), member VARCHAR(64), PRIMARY KEY (dimension, member));

CREATE TABLE member_alias (dimension VARCHAR(32), alias VARCHAR(64), member VARCHAR(64), PRIMARY KEY (dimension, alias));

CREATE TABLE the_month (first_day DATE, last_day DATE, has_days INT, min_seconds INT);
