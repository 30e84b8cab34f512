SELECT COALESCE(owner, '') FROM job_lease WHERE name = ?
