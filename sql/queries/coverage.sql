SELECT p.source, MIN(p.month_start) AS first_month, MAX(p.month_start) AS last_month, COUNT(*) AS months,
       MAX(p.basis) AS basis, MAX(e.synthetic) AS synthetic
  FROM current_publication c
  JOIN publication p ON p.publication_id = c.publication_id
  JOIN etl_extract e ON e.extract_id = p.extract_id
 GROUP BY p.source
 ORDER BY p.source
