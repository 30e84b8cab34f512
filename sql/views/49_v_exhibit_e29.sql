-- E29 zh: 云闪付与支付宝 用户重合：共同用户与独占比例（%）
-- E29 en: 云闪付 and 支付宝, overlap: devices with both and exclusive shares in %
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e29 AS
SELECT v.month_start, v.app_a_name, v.app_b_name, a.mud_devices AS a_devices, b.mud_devices AS b_devices, v.both_devices, v.se_both_devices,
       ROUND(v.both_devices / 10000, 1) AS both_wan,
       v.exclusive_a_ratio, v.se_exclusive_a_ratio, ROUND(100 * v.exclusive_a_ratio, 1) AS exclusive_a_percent,
       v.exclusive_b_ratio, v.se_exclusive_b_ratio, ROUND(100 * v.exclusive_b_ratio, 1) AS exclusive_b_percent,
       v.overlap_of_union_ratio, v.source, v.revision, v.synthetic
  FROM v_overlap v
  LEFT JOIN v_app_month a ON a.app_id = v.app_a AND a.month_start = v.month_start
  LEFT JOIN v_app_month b ON b.app_id = v.app_b AND b.month_start = v.month_start
 WHERE v.app_a = 'yunshanfu' AND v.app_b = 'zhifubao';
