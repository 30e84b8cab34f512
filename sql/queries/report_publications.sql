-- What is in force of the sources that the views read, up to a month.
SELECT p.source, p.month_start, p.revision, p.reading, p.publication_id, p.basis, p.published_at, e.synthetic
  FROM current_publication c
  JOIN publication p ON p.publication_id = c.publication_id
  JOIN etl_extract e ON e.extract_id = p.extract_id
 WHERE p.source IN (SELECT s.source FROM primary_series s)
 ORDER BY p.source, p.month_start
