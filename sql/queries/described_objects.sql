-- Every table and view, as position 0, and every column, with the comments of
-- tables; goose's own tables are its affair.
SELECT t.table_name AS object_name, CASE WHEN t.table_type = 'VIEW' THEN 'view' ELSE 'table' END AS kind,
       0 AS position, '' AS column_name, '' AS data_type, t.table_comment AS comment
  FROM information_schema.tables t
 WHERE t.table_schema = DATABASE() AND t.table_name NOT LIKE 'goose%'
 UNION ALL
SELECT c.table_name, CASE WHEN t.table_type = 'VIEW' THEN 'view' ELSE 'table' END,
       c.ordinal_position, c.column_name, c.data_type, c.column_comment
  FROM information_schema.columns c
  JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
 WHERE c.table_schema = DATABASE() AND c.table_name NOT LIKE 'goose%'
 ORDER BY object_name, position
