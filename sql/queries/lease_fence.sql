-- First and last statement of every publishing transaction: 0 rows = the lease is lost.
UPDATE job_lease SET lease_until = UTC_TIMESTAMP(6) + INTERVAL ? SECOND
 WHERE name = ? AND owner = ? AND token = ?
