-- 1 row: won. 0 rows: held by another.
UPDATE job_lease
   SET owner = ?, token = token + 1, lease_until = UTC_TIMESTAMP(6) + INTERVAL ? SECOND
 WHERE name = ? AND (owner IS NULL OR lease_until < UTC_TIMESTAMP(6))
