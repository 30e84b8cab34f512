DELETE FROM finding_followup WHERE judgement_id = ?
