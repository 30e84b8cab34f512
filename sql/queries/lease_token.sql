SELECT token FROM job_lease WHERE name = ? AND owner = ?
