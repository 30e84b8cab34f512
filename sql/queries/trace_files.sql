-- The files of a delivery: what their bytes were, and what became of their rows.
SELECT position, name, table_name, origin, sha256, archived_sha256, rows_read, rows_loaded, rows_rejected, rows_ignored
  FROM etl_file
 WHERE extract_id = ?
 ORDER BY position
