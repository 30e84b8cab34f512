INSERT INTO dim_column (object_name, kind, position, column_name, data_type, comment_zh, comment_en)
VALUES (?, ?, ?, ?, ?, ?, ?)
