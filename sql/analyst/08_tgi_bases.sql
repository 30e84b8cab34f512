-- zh: 两张省份表的TGI是否用同一基准？
-- en: Do the two province tables use the same base of TGI?
-- With one base, devices over TGI of the two apps would stand in the same ratio in every province.
-- They do not: TGI of the two tables must not be compared.
SELECT a.member AS province, ROUND((a.mud_devices / a.tgi) / (b.mud_devices / b.tgi), 3) AS ratio,
       ROUND(MAX((a.mud_devices / a.tgi) / (b.mud_devices / b.tgi)) OVER () / MIN((a.mud_devices / a.tgi) / (b.mud_devices / b.tgi)) OVER (), 3) AS largest_to_smallest
  FROM v_app_segment a
  JOIN v_app_segment b ON b.member = a.member AND b.dimension = a.dimension AND b.month_start = a.month_start
 WHERE a.app_name = '云闪付' AND b.app_name = '网上国网' AND a.dimension = 'province' AND a.month_start = '2023-12-01'
   AND a.member IN (SELECT province FROM v_exhibit_e31 WHERE month_start = '2023-12-01')
   AND b.member IN (SELECT province FROM v_exhibit_e15 WHERE month_start = '2023-12-01')
 ORDER BY ratio;
