SELECT publication_id, measure, app_id, other_app_id, network, dimension, member, value
  FROM vendor_value
 WHERE publication_id IN (?) AND measure = 'devices' AND dimension IN (?) AND other_app_id = ''
 ORDER BY publication_id, file_position, line, measure, member
