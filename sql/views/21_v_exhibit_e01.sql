-- E01 zh: 整体发展现状：全网月独立设备数（亿台）与环比，每月一行
-- E01 en: Headline of the whole market: monthly unique devices of 全网 in 亿台 and month on month, one row a month
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e01 AS
SELECT v.month_start, v.value AS universe_devices, ROUND(v.value / 100000000, 1) AS universe_yi,
       CASE WHEN u.vendor = t.vendor AND u.definitions_version = t.definitions_version THEN v.value / b.value - 1 END AS mom_ratio, v.source, v.revision, v.synthetic
  FROM v_indicator v
  JOIN v_month_terms t ON t.source = v.source AND t.month_start = v.month_start
  LEFT JOIN v_indicator b ON b.indicator = 'universe_devices' AND b.app_id = '*' AND b.month_start = v.month_start - INTERVAL 1 MONTH
  LEFT JOIN v_month_terms u ON u.source = b.source AND u.month_start = b.month_start
 WHERE v.indicator = 'universe_devices' AND v.app_id = '*';
