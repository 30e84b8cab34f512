-- How many rows were held back, and of how many the place is kept.
SELECT COALESCE(SUM(f.rows_rejected), 0) AS rejected,
       COALESCE(SUM((SELECT COUNT(*) FROM etl_reject r
                      WHERE r.extract_id = f.extract_id AND r.file_position = f.position)), 0) AS kept
  FROM etl_file f
  JOIN etl_extract e ON e.extract_id = f.extract_id
  LEFT JOIN current_publication c ON c.source = e.source AND c.month_start = e.month_start
  LEFT JOIN publication p ON p.publication_id = c.publication_id
  LEFT JOIN etl_extract now ON now.extract_id = p.extract_id
 WHERE (? = '' OR e.source = ?) AND (? IS NULL OR e.month_start = ?)
   AND (now.extract_id = e.extract_id
     OR e.status = 'refused' AND (now.extract_id IS NULL OR now.revision < e.revision
                               OR now.revision = e.revision AND now.delivered_at <= e.delivered_at))
