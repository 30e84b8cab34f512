DELETE FROM etl_reject WHERE extract_id = ?
