SELECT extract_id FROM etl_extract
 WHERE source = ? AND month_start = ? AND revision = ? AND identity = ?
