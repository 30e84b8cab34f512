-- What is in force, with what is needed to load its facts.
SELECT p.publication_id, p.source, p.month_start, p.revision, p.reading, p.flags, p.extract_id, p.facts_id, p.basis, p.inputs_hash,
       p.results_hash, p.distant_hash,
       e.identity, e.content, e.delivered_at, e.vendor, e.definitions_version, e.tgi_base, e.tier_list_year,
       e.universe_devices, e.panel_size, e.deff, e.synthetic
  FROM current_publication c
  JOIN publication p ON p.publication_id = c.publication_id
  JOIN etl_extract e ON e.extract_id = p.extract_id
 WHERE p.source = ?
 ORDER BY p.month_start
