INSERT INTO dim_app (app_id, name_zh, name_en, category, region, profile, catalogue_version)
VALUES (?, ?, ?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE name_zh = VALUES(name_zh), name_en = VALUES(name_en), category = VALUES(category),
  region = VALUES(region), profile = VALUES(profile), catalogue_version = VALUES(catalogue_version)
