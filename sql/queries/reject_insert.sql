INSERT INTO etl_reject (extract_id, seq, file_position, line, column_name, raw_value, rule, hint)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
