-- Who holds which lease until when.
SELECT name, owner, lease_until FROM job_lease
 WHERE owner IS NOT NULL AND lease_until > UTC_TIMESTAMP(6)
 ORDER BY name
