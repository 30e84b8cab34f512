-- What was in force ends in the instant in which publication n begins.
UPDATE publication p
  JOIN publication n ON n.source = p.source AND n.month_start = p.month_start AND n.publication_id <> p.publication_id
   SET p.superseded_at = n.published_at
 WHERE n.publication_id = ? AND p.superseded_at IS NULL
