INSERT INTO etl_note (extract_id, seq, file_position, line, column_name, rule, raw_value, row_count, message)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
