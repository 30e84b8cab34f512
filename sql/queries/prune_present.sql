-- Publications of which a table has rows.
SELECT DISTINCT publication_id FROM {table} ORDER BY publication_id
