SELECT t.place, t.app_name, t.region, t.mud_wan, t.dau_avg_wan, t.cagr6_percent
  FROM v_top_list t
 WHERE t.list_name = ? AND t.month_start = ?
 ORDER BY t.place, t.app_id
