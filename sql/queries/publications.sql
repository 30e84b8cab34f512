-- Every publication of a source's month, in the order in which they came into force.
SELECT p.publication_id, p.source, p.month_start, p.revision, p.reading, p.flags, p.extract_id, p.facts_id, p.basis, p.inputs_hash,
       p.published_at, p.code_version,
       e.identity, e.content, e.delivered_at, e.vendor, e.definitions_version, e.tgi_base, e.tier_list_year,
       e.universe_devices, e.panel_size, e.deff, e.synthetic
  FROM publication p
  JOIN etl_extract e ON e.extract_id = p.extract_id
 WHERE (? = 0 OR p.publication_id = ?) AND (? = '' OR p.source = ?) AND (? IS NULL OR p.month_start = ?)
 ORDER BY p.publication_id
