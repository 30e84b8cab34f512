DELETE FROM etl_note WHERE extract_id = ?
