-- E14 zh: 网上国网 用户规模：月独立设备数、环比、与前后12个月均值之比、半年内名次
-- E14 en: 网上国网, number of users: monthly unique devices, month on month, ratio to the twelve months around, place within its half year
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e14 AS
SELECT v.month_start, v.app_name, v.mud_devices, v.mud_se_devices, ROUND(v.mud_devices / 10000, 1) AS mud_wan,
       v.mom_ratio, v.mom_se_ratio,
       CASE WHEN MIN(v.month_start) OVER around = v.month_start - INTERVAL 6 MONTH
             AND MAX(v.month_start) OVER around = v.month_start + INTERVAL 5 MONTH
             AND COUNT(*) OVER around = 12
             AND MIN(CONCAT_WS('|', t.vendor, t.definitions_version)) OVER around = MAX(CONCAT_WS('|', t.vendor, t.definitions_version)) OVER around
            THEN v.mud_devices / AVG(v.mud_devices) OVER around END AS season_ratio,
       RANK() OVER (PARTITION BY YEAR(v.month_start), MONTH(v.month_start) <= 6 ORDER BY v.mud_devices DESC) AS place_in_half_year,
       v.source, v.revision, v.synthetic
  FROM v_app_month v
  JOIN v_month_terms t ON t.source = v.source AND t.month_start = v.month_start
 WHERE v.app_id = 'wangshangguowang'
WINDOW around AS (ORDER BY v.month_start ROWS BETWEEN 6 PRECEDING AND 5 FOLLOWING);
