INSERT INTO publication (source, month_start, revision, reading, flags, extract_id, facts_id, basis, inputs_hash,
  code_version, run_id, published_at, superseded_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)
