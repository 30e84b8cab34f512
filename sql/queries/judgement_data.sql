-- From which data the judgement in force was made.
SELECT data_hash FROM judgement WHERE month_start = ? AND is_current = 1
