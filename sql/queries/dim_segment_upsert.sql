INSERT INTO dim_segment (dimension, member, position)
VALUES (?, ?, ?)
ON DUPLICATE KEY UPDATE position = VALUES(position)
