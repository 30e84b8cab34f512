-- Runs that nothing which is kept came from.
SELECT r.run_id
  FROM etl_run r
 WHERE r.started_at < ? AND r.finished_at IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM publication p WHERE p.run_id = r.run_id)
   AND NOT EXISTS (SELECT 1 FROM etl_extract e WHERE e.run_id = r.run_id)
   AND NOT EXISTS (SELECT 1 FROM judgement j WHERE j.run_id = r.run_id)
 ORDER BY r.run_id
