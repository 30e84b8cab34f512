INSERT INTO etl_run (run_id, job, started_at, finished_at, exit_code, code_version, config_hash, summary)
VALUES (?, ?, ?, NULL, NULL, ?, ?, NULL)
