-- The newest month in force of every source, and how many there are.
SELECT p.source, p.month_start, p.revision, p.basis, p.published_at, e.identity, n.months
  FROM (SELECT q.source, MAX(q.month_start) AS month_start, COUNT(*) AS months
          FROM current_publication c
          JOIN publication q ON q.publication_id = c.publication_id
         GROUP BY q.source) n
  JOIN publication p ON p.source = n.source AND p.month_start = n.month_start
  JOIN current_publication c ON c.publication_id = p.publication_id
  JOIN etl_extract e ON e.extract_id = p.extract_id
 ORDER BY p.source
