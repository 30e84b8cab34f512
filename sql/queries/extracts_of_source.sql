-- What is known of a source's deliveries, newest look last.
SELECT extract_id, month_start, revision, identity, status, folder, delivered_at
  FROM etl_extract
 WHERE source = ?
 ORDER BY month_start, revision, delivered_at, loaded_at, extract_id
