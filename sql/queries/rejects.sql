-- Rows held back, of the deliveries that nothing later of their month has taken the place of.
SELECT e.source, e.month_start, e.revision, e.status, f.name AS file, r.line, r.cell, r.column_name,
       r.raw_value, r.rule, r.hint, COALESCE(r.message, r.hint) AS message
  FROM etl_reject r
  JOIN etl_extract e ON e.extract_id = r.extract_id
  JOIN etl_file f ON f.extract_id = r.extract_id AND f.position = r.file_position
 WHERE (? = '' OR e.source = ?) AND (? IS NULL OR e.month_start = ?) AND (? = '' OR r.rule = ?)
   AND (e.status = 'refused'
     OR EXISTS (SELECT 1 FROM current_publication c
                  JOIN publication p ON p.publication_id = c.publication_id
                 WHERE p.extract_id = e.extract_id))
 ORDER BY e.source, e.month_start, e.revision, e.extract_id, r.seq
