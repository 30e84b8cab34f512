-- Every publication ever made, for deciding which are still needed.
SELECT publication_id, source, month_start, extract_id, facts_id, published_at, superseded_at
  FROM publication
 ORDER BY publication_id
