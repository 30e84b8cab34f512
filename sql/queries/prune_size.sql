-- Rows, and the bytes of their values as text.
SELECT COUNT(*) AS n_rows, COALESCE(SUM(LENGTH(CONCAT_WS('', {columns}))), 0) AS n_bytes FROM {table} WHERE {key} IN (?)
