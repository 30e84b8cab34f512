INSERT INTO current_publication (source, month_start, publication_id)
VALUES (?, ?, ?)
ON DUPLICATE KEY UPDATE publication_id = VALUES(publication_id)
