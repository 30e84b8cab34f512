-- Rows read, loaded and ignored (repeated word for word); the others are
-- rejected.
SELECT 'devices' AS table_name, (SELECT COUNT(*) FROM raw_device) AS n_read, COUNT(*) AS n_loaded,
       COALESCE(SUM(said_times - 1), 0) AS n_ignored
  FROM device
UNION ALL
SELECT 'usage', (SELECT COUNT(*) FROM raw_usage), COUNT(*), COALESCE(SUM(said_times - 1), 0) FROM app_usage
