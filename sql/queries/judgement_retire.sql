UPDATE judgement SET is_current = 0 WHERE month_start = ? AND is_current = 1
