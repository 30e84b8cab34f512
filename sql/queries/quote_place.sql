-- For people to copy: one place in a list.
SELECT place, mud_devices, mud_se_devices, state FROM v_rank_history WHERE publication_id = {publication} AND list_name = {member} AND app_id = {app};
