INSERT INTO dim_indicator (indicator, name_zh, name_en, unit, formula, position)
VALUES (?, ?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE name_zh = VALUES(name_zh), name_en = VALUES(name_en), unit = VALUES(unit),
  formula = VALUES(formula), position = VALUES(position)
