INSERT INTO etl_extract (source, month_start, revision, identity, content, vendor, product, kind, delivered_at,
  universe_devices, panel_size, deff, tier_list_year, tgi_base, definitions_version, synthetic,
  status, refusal, folder, manifest_sha256, run_id, loaded_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE status = VALUES(status), refusal = VALUES(refusal), folder = VALUES(folder),
  manifest_sha256 = VALUES(manifest_sha256), run_id = VALUES(run_id), loaded_at = VALUES(loaded_at)
