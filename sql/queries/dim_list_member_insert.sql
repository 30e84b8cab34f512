INSERT INTO dim_list_member (list_name, app_id, list_size, catalogue_version)
VALUES (?, ?, ?, ?)
