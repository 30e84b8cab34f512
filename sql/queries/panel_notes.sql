-- What was noted of the deliveries of a month when they were read, of the
-- sources that speak for some app and as it stood at an instant.
SELECT p.source, n.rule, n.raw_value
  FROM publication p
  JOIN etl_note n ON n.extract_id = p.extract_id
 WHERE p.source IN (SELECT s.source FROM primary_series s)
   AND p.month_start = :month AND p.published_at <= :known AND (p.superseded_at IS NULL OR p.superseded_at > :known)
   AND n.rule IN (:rules)
 ORDER BY p.source, n.seq
