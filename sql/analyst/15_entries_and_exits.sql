-- zh: 2023年下半年哪些应用进出地方政务TOP20？
-- en: Which apps entered or left the twenty of local government in the second half of 2023?
SELECT DATE_FORMAT(month_start, '%Y-%m') AS month, app_name, state, previous_place, place
  FROM v_rank
 WHERE list_name = '地方政务' AND state IN ('NEW', 'OUT') AND month_start BETWEEN '2023-07-01' AND '2023-12-01'
 ORDER BY month_start, state, place, app_id;
