-- The newest migration that was applied.
SELECT COALESCE(MAX(version_id), 0) FROM goose_db_version WHERE is_applied = 1
