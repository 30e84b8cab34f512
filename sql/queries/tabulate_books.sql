-- Rows of a month that live here and those of them that count, by table; and
-- whether days and whole months are mixed, which would count twice.
SELECT 'panel_device' AS table_name, (SELECT COUNT(*) FROM panel_device WHERE source = :source AND month_start = :month) AS n_read,
       COUNT(*) AS n_loaded, 0 AS is_mixed
  FROM v_panel_device
 WHERE source = :source AND month_start = :month
UNION ALL
SELECT 'panel_usage', (SELECT COUNT(*) FROM panel_usage WHERE source = :source AND month_start = :month),
       COUNT(*), COALESCE(MAX(u.day = 0) <> MIN(u.day = 0), 0)
  FROM v_panel_usage u
  JOIN v_panel_device d ON d.source = u.source AND d.month_start = u.month_start AND d.device_id = u.device_id
 WHERE u.source = :source AND u.month_start = :month
