-- zh: 云闪付 的独占用户比例两年来如何变化（百分点）？
-- en: How did the exclusive share of 云闪付 change over two years (in pp)?
SELECT DATE_FORMAT(month_start, '%Y-%m') AS month, exclusive_a_percent,
       ROUND(100 * (exclusive_a_ratio - FIRST_VALUE(exclusive_a_ratio) OVER (ORDER BY month_start)), 1) AS change_pp,
       ROUND(100 * 1.96 * se_exclusive_a_ratio, 1) AS plus_minus
  FROM v_exhibit_e29
 WHERE month_start IN ('2021-12-01', '2022-12-01', '2023-12-01')
 ORDER BY month_start;
