-- The row of a lease, if it is not there yet.
INSERT INTO job_lease (name, owner, token, lease_until)
VALUES (?, NULL, 0, UTC_TIMESTAMP(6))
ON DUPLICATE KEY UPDATE name = VALUES(name)
