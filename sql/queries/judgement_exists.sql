SELECT COUNT(*) FROM judgement WHERE month_start = ? AND inputs_hash = ? AND is_current = 1
