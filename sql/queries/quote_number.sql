-- For people to copy: one published number, in force or not.
SELECT value, se, basis, flags FROM v_indicator_history WHERE publication_id = {publication} AND indicator = {indicator} AND app_id = {app} AND dimension = {dimension} AND member = {member};
