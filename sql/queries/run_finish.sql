UPDATE etl_run SET finished_at = ?, exit_code = ?, summary = ? WHERE run_id = ?
