-- zh: 榜单名次及较上月变化
-- en: Places in the lists and their change on the month before
-- Places in the lists, with the change against the month before.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_rank AS
SELECT p.source, p.month_start, r.list_name, r.place, r.app_id, a.name_zh AS app_name, a.region,
       r.devices AS mud_devices, r.se_devices AS mud_se_devices,
       r.previous_place, r.place_change, r.state, r.is_in_list,
       p.revision, p.publication_id, e.synthetic,
       CONCAT(p.publication_id, '-', LEFT(SHA2(CONCAT_WS('|', 'rank', r.app_id, 'list', r.list_name), 256), 12)) AS trace_id
  FROM current_publication c
  JOIN publication p ON p.publication_id = c.publication_id
  JOIN etl_extract e ON e.extract_id = p.extract_id
  JOIN ranking r ON r.publication_id = p.publication_id
  JOIN dim_app a ON a.app_id = r.app_id
  JOIN primary_series s ON s.app_id = r.app_id AND s.source = p.source;
