-- What the server and the database are like, and as whom we are there.
SELECT VERSION() AS version, @@version_comment AS flavour, @@global.sql_mode AS sql_mode, @@global.time_zone AS zone,
       @@local_infile AS local_infile, @@max_allowed_packet AS max_packet, @@global.read_only AS read_only,
       CURRENT_USER() AS account, COALESCE(CURRENT_ROLE(), '') AS role, COALESCE(DATABASE(), '') AS name,
       COALESCE((SELECT default_collation_name FROM information_schema.schemata WHERE schema_name = DATABASE()), '') AS collation_name,
       (SELECT COUNT(*) FROM information_schema.tables
         WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' AND table_name NOT LIKE 'goose%'
           AND table_collation <> 'utf8mb4_bin') AS foreign_tables
