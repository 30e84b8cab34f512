-- One dimension of many months.
SELECT publication_id, measure, app_id, other_app_id, network, dimension, member, value
  FROM vendor_value
 WHERE publication_id IN (?) AND dimension = ? AND measure = 'devices' AND other_app_id = ''
 ORDER BY publication_id, file_position, line, measure, member
