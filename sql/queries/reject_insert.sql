INSERT INTO etl_reject (extract_id, seq, file_position, line, cell, column_name, raw_value, rule, hint, message)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
