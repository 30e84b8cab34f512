-- How many rows were held back, and of how many the place is kept.
SELECT COALESCE(SUM(f.rows_rejected), 0) AS rejected,
       COALESCE(SUM((SELECT COUNT(*) FROM etl_reject r
                      WHERE r.extract_id = f.extract_id AND r.file_position = f.position)), 0) AS kept
  FROM etl_file f
  JOIN etl_extract e ON e.extract_id = f.extract_id
 WHERE (? = '' OR e.source = ?) AND (? IS NULL OR e.month_start = ?)
   AND (e.status = 'refused'
     OR EXISTS (SELECT 1 FROM current_publication c
                  JOIN publication p ON p.publication_id = c.publication_id
                 WHERE p.extract_id = e.extract_id))
