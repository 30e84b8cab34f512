-- Apps whose rows were held aside: in the deliveries in force, and in those refused.
SELECT e.source, n.raw_value, MIN(e.month_start) AS first_month, MAX(e.month_start) AS last_month,
       SUM(n.row_count) AS row_count
  FROM etl_note n
  JOIN etl_extract e ON e.extract_id = n.extract_id
 WHERE n.rule = 'unknown_app'
   AND (e.status = 'refused' OR EXISTS (SELECT 1 FROM publication p
         JOIN current_publication c ON c.publication_id = p.publication_id
        WHERE p.extract_id = e.extract_id))
 GROUP BY e.source, n.raw_value
 ORDER BY e.source, MIN(e.month_start), n.raw_value
