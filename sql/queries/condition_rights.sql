-- The rights of an account on every object of the database, from the server's,
-- the database's and the object's own grants; object '' is the whole database.
SELECT '' AS object, privilege_type AS privilege
  FROM information_schema.user_privileges WHERE grantee = ?
UNION ALL
SELECT '', privilege_type
  FROM information_schema.schema_privileges WHERE grantee = ? AND DATABASE() LIKE table_schema
UNION ALL
SELECT table_name, privilege_type
  FROM information_schema.table_privileges WHERE grantee = ? AND table_schema = DATABASE()
