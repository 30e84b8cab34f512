-- Deliveries with kept rejects that something later of their month has taken the place of.
SELECT e.extract_id
  FROM etl_extract e
  LEFT JOIN current_publication c ON c.source = e.source AND c.month_start = e.month_start
  LEFT JOIN publication p ON p.publication_id = c.publication_id
  LEFT JOIN etl_extract now ON now.extract_id = p.extract_id
 WHERE e.loaded_at < ?
   AND EXISTS (SELECT 1 FROM etl_reject r WHERE r.extract_id = e.extract_id)
   AND NOT COALESCE(now.extract_id = e.extract_id
     OR e.status = 'refused' AND (now.extract_id IS NULL OR now.revision < e.revision
                               OR now.revision = e.revision AND now.delivered_at <= e.delivered_at), 0)
 ORDER BY e.extract_id
