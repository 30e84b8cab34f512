-- In the order of the key, so that nothing is sorted.
SELECT publication_id, measure, app_id, other_app_id, network, dimension, member, value
  FROM vendor_value
 WHERE publication_id = ?
 ORDER BY file_position, line, measure, app_id, other_app_id, member
