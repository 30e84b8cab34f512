-- One run, by its id or the beginning of it: the newest that fits.
SELECT run_id, job, started_at, finished_at, exit_code, code_version, config_hash, COALESCE(summary, '') AS summary
  FROM etl_run
 WHERE run_id = ? OR LEFT(run_id, CHAR_LENGTH(?)) = ?
 ORDER BY run_id = ? DESC, started_at DESC, run_id DESC
 LIMIT 2
