-- The account of a delivery's files.
SELECT position, name, rows_read, rows_loaded, rows_rejected, rows_ignored
  FROM etl_file
 WHERE extract_id = ?
 ORDER BY position
