INSERT INTO ranking (publication_id, list_name, app_id, place, is_in_list, devices, se_devices, previous_place, place_change, state)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
