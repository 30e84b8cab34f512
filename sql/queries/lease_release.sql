UPDATE job_lease SET owner = NULL, lease_until = UTC_TIMESTAMP(6) WHERE name = ? AND owner = ? AND token = ?
