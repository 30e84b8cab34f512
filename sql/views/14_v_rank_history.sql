-- zh: 历次发布的榜单名次，含已被取代者
-- en: Places in the lists of every publication ever made
-- What was in force at an instant t has
-- published_at <= t AND (superseded_at IS NULL OR superseded_at > t).
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_rank_history AS
SELECT p.source, p.month_start, p.revision, p.reading, p.published_at, p.superseded_at,
       r.list_name, r.place, r.app_id, a.name_zh AS app_name, a.region,
       r.devices AS mud_devices, r.se_devices AS mud_se_devices,
       r.previous_place, r.place_change, r.state, r.is_in_list,
       p.publication_id, p.flags AS publication_flags,
       CONCAT(p.publication_id, '-', LEFT(SHA2(CONCAT_WS('|', 'rank', r.app_id, 'list', r.list_name), 256), 12)) AS trace_id,
       CASE WHEN s.source = p.source THEN 1 ELSE 0 END AS is_primary
  FROM publication p
  JOIN ranking r ON r.publication_id = p.publication_id
  JOIN dim_app a ON a.app_id = r.app_id
  LEFT JOIN primary_series s ON s.app_id = r.app_id;
