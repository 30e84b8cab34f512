-- Places of all members of the lists in the months compared.
SELECT r.list_name, r.month_start, r.place, r.app_id, r.app_name, r.region, r.mud_devices, r.mud_se_devices,
       m.mud_basis AS basis, m.dau_avg_devices, m.cagr6_ratio
  FROM v_rank r
  JOIN v_app_month m ON m.app_id = r.app_id AND m.month_start = r.month_start AND m.source = r.source
 WHERE r.month_start IN (?)
 ORDER BY r.list_name, r.month_start, r.place, r.app_id
