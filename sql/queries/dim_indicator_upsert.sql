INSERT INTO dim_indicator (indicator, name_zh, name_en, unit, formula, position, inputs, grain,
  edge_cases_zh, edge_cases_en, error_zh, error_en, source_zh, source_en, found_in)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE name_zh = VALUES(name_zh), name_en = VALUES(name_en), unit = VALUES(unit),
  formula = VALUES(formula), position = VALUES(position), inputs = VALUES(inputs), grain = VALUES(grain),
  edge_cases_zh = VALUES(edge_cases_zh), edge_cases_en = VALUES(edge_cases_en),
  error_zh = VALUES(error_zh), error_en = VALUES(error_en),
  source_zh = VALUES(source_zh), source_en = VALUES(source_en), found_in = VALUES(found_in)
