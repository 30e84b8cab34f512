-- zh: 首次发布的指标
-- en: Each indicator as it was first published
-- No publication of its source and month had the number before. NULL is how it
-- stood then, if it could not be computed.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_indicator_first AS
SELECT p.source, p.month_start, p.revision, p.published_at, p.superseded_at,
       i.indicator, i.app_id, i.dimension, i.member,
       i.value, i.se, i.n_devices, i.basis, i.flags, i.at_month, p.publication_id,
       p.reading, p.flags AS publication_flags,
       CONCAT(p.publication_id, '-', LEFT(SHA2(CONCAT_WS('|', i.indicator, i.app_id, i.dimension, i.member), 256), 12)) AS trace_id,
       CASE WHEN s.source = p.source THEN 1 ELSE 0 END AS is_primary
  FROM publication p
  JOIN indicator i ON i.publication_id = p.publication_id
  LEFT JOIN primary_series s ON s.app_id = i.app_id
  LEFT JOIN (publication q
             JOIN indicator j ON j.publication_id = q.publication_id)
    ON q.source = p.source AND q.month_start = p.month_start AND q.publication_id < p.publication_id
   AND j.indicator = i.indicator AND j.app_id = i.app_id AND j.dimension = i.dimension AND j.member = i.member
 WHERE q.publication_id IS NULL;
