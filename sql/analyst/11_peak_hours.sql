-- zh: 网上国网与各银行的24小时小高峰在几点？
-- en: At which hours do 网上国网 and the banks have their local peaks?
SELECT h.app_name, GROUP_CONCAT(h.hour ORDER BY h.hour SEPARATOR ' ') AS hours
  FROM (SELECT app_name, hour FROM v_exhibit_e16 WHERE month_start = '2023-12-01' AND is_local_peak = 1
         UNION ALL
        SELECT app_name, hour FROM v_exhibit_e34 WHERE month_start = '2023-12-01' AND is_local_peak = 1) h
 GROUP BY h.app_name
 ORDER BY h.app_name;
