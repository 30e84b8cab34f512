-- The newest runs.
SELECT run_id, job, started_at, finished_at, exit_code, code_version, config_hash, COALESCE(summary, '') AS summary
  FROM etl_run
 ORDER BY started_at DESC, run_id DESC
 LIMIT ?
