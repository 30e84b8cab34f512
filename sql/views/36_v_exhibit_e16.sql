-- E16 zh: 网上国网 G网24小时活跃用户分布（%）及小高峰时间
-- E16 en: 网上国网, active users over the 24 hours, network G, in %, and the hours of its local peaks
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e16 AS
SELECT v.month_start, v.app_name, v.network, v.hour, v.share_ratio, ROUND(100 * v.share_ratio, 2) AS share_percent,
       k.value = 1 AS is_local_peak, v.source, v.revision, v.synthetic
  FROM v_hourly v
  LEFT JOIN indicator k ON k.publication_id = v.publication_id AND k.indicator = 'local_peak' AND k.app_id = v.app_id
                       AND k.dimension = 'hour' AND k.member = CONCAT(v.network, '/', v.hour)
 WHERE v.app_id = 'wangshangguowang' AND v.network = 'G';
