SELECT r.file_position, r.line, r.cell, r.column_name, r.raw_value, r.rule, r.hint
  FROM etl_reject r
 WHERE r.extract_id = ?
 ORDER BY r.seq
