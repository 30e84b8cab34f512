SELECT judged_at FROM judgement WHERE judgement_id = ?
