SELECT COUNT(*) AS n_rows, COALESCE(SUM(devices + device_days + uses + seconds), 0) AS total FROM panel_estimate WHERE publication_id = ?
