DELETE FROM finding WHERE judgement_id = ?
