DELETE FROM etl_file WHERE extract_id = ?
