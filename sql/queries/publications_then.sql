-- What of a source was in force when a publication came into force: of every
-- month the newest until then.
SELECT p.publication_id, p.source, p.month_start, p.revision, p.reading, p.flags, p.extract_id, p.facts_id, p.basis, p.inputs_hash,
       e.identity, e.content, e.delivered_at, e.vendor, e.definitions_version, e.tgi_base, e.tier_list_year,
       e.universe_devices, e.panel_size, e.deff, e.synthetic
  FROM (SELECT month_start, MAX(publication_id) AS publication_id
          FROM publication
         WHERE source = ? AND publication_id <= ?
         GROUP BY month_start) n
  JOIN publication p ON p.publication_id = n.publication_id
  JOIN etl_extract e ON e.extract_id = p.extract_id
 ORDER BY p.month_start
