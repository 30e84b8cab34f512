-- Deliveries refused that no delivery of the same month, this revision or a later one, has healed.
SELECT r.source, r.month_start, r.revision, r.refusal, r.folder, r.loaded_at
  FROM etl_extract r
  LEFT JOIN etl_extract l ON l.source = r.source AND l.month_start = r.month_start
   AND l.revision >= r.revision AND l.status = 'loaded' AND l.loaded_at >= r.loaded_at
 WHERE r.status = 'refused' AND l.extract_id IS NULL
 ORDER BY r.source, r.month_start, r.revision, r.extract_id
