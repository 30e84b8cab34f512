-- The counts of one month as delivered: what a new month's units are checked against.
SELECT publication_id, measure, app_id, other_app_id, network, dimension, member, value
  FROM vendor_value
 WHERE publication_id = ?
   AND measure IN ('devices', 'dau_avg', 'uses', 'seconds', 'uses_per_device_day', 'overlap_devices', 'union_devices')
 ORDER BY file_position, line, measure, app_id, other_app_id, member
