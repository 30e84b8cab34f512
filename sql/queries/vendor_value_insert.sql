INSERT INTO vendor_value (publication_id, file_position, line, measure, app_id, other_app_id, list_name, network, dimension, member, value)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
