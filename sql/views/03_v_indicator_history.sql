-- zh: 历次发布的指标，含已被取代者
-- en: Indicators of every publication ever made
-- Every publication ever made: filter published_at and superseded_at for what
-- was in force at an instant.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_indicator_history AS
SELECT p.source, p.month_start, p.revision, p.published_at, p.superseded_at,
       i.indicator, i.app_id, i.dimension, i.member,
       i.value, i.se, i.n_devices, i.basis, i.flags, i.at_month, p.publication_id,
       p.reading, p.flags AS publication_flags,
       CONCAT(p.publication_id, '-', LEFT(SHA2(CONCAT_WS('|', i.indicator, i.app_id, i.dimension, i.member), 256), 12)) AS trace_id
  FROM publication p
  JOIN indicator i ON i.publication_id = p.publication_id;
