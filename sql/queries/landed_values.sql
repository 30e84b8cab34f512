SELECT COUNT(*) AS n_rows, COALESCE(SUM(value * 1e0), 0) AS total FROM vendor_value WHERE publication_id = ?
