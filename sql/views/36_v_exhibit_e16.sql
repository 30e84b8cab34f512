-- E16 zh: 网上国网 G网24小时活跃用户分布（%）及小高峰时间
-- E16 en: 网上国网, active users over the 24 hours, network G, in %, and the hours of its local peaks
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e16 AS
SELECT v.month_start, v.app_name, v.network, v.hour, v.share_ratio, ROUND(100 * v.share_ratio, 2) AS share_percent,
       v.share_ratio > b.share_ratio AND v.share_ratio > n.share_ratio AS is_local_peak, v.source, v.revision, v.synthetic
  FROM v_hourly v
  LEFT JOIN v_hourly b ON b.app_id = v.app_id AND b.month_start = v.month_start AND b.network = v.network AND b.hour = v.hour - 1
  LEFT JOIN v_hourly n ON n.app_id = v.app_id AND n.month_start = v.month_start AND n.network = v.network AND n.hour = v.hour + 1
 WHERE v.app_id = 'wangshangguowang' AND v.network = 'G';
