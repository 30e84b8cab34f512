-- Rows held back, of the deliveries that nothing later of their month has taken the place of.
SELECT e.source, e.month_start, e.revision, e.status, f.name AS file, r.line, r.cell, r.column_name,
       r.raw_value, r.rule, r.hint, COALESCE(r.message, r.hint) AS message
  FROM etl_reject r
  JOIN etl_extract e ON e.extract_id = r.extract_id
  JOIN etl_file f ON f.extract_id = r.extract_id AND f.position = r.file_position
  LEFT JOIN current_publication c ON c.source = e.source AND c.month_start = e.month_start
  LEFT JOIN publication p ON p.publication_id = c.publication_id
  LEFT JOIN etl_extract now ON now.extract_id = p.extract_id
 WHERE (? = '' OR e.source = ?) AND (? IS NULL OR e.month_start = ?) AND (? = '' OR r.rule = ?)
   AND (now.extract_id = e.extract_id
     OR e.status = 'refused' AND (now.extract_id IS NULL OR now.revision < e.revision
                               OR now.revision = e.revision AND now.delivered_at <= e.delivered_at))
 ORDER BY e.source, e.month_start, e.revision, e.extract_id, r.seq
