INSERT INTO etl_file (extract_id, position, name, table_name, origin, source_note, sha256, bytes,
  rows_read, rows_loaded, rows_rejected, rows_ignored, archived_sha256)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
