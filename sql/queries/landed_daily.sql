SELECT COUNT(*) AS n_rows, COALESCE(SUM(devices), 0) AS total FROM panel_daily WHERE publication_id = ?
