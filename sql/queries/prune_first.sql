-- Publications that have a number which none before them had.
SELECT DISTINCT v.publication_id FROM v_indicator_first v
