-- E34 zh: 农业银行、工商银行、建设银行、中国银行 G网24小时活跃用户分布（%）及高点
-- E34 en: 农业银行, 工商银行, 建设银行, 中国银行: active users over the 24 hours, network G, in %, and the hours of their local peaks
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e34 AS
SELECT v.month_start, v.app_name, v.network, v.hour, v.share_ratio, ROUND(100 * v.share_ratio, 2) AS share_percent,
       k.value = 1 AS is_local_peak, v.source, v.revision, v.synthetic
  FROM v_hourly v
  LEFT JOIN indicator k ON k.publication_id = v.publication_id AND k.indicator = 'local_peak' AND k.app_id = v.app_id
                       AND k.dimension = 'hour' AND k.member = CONCAT(v.network, '/', v.hour)
 WHERE v.app_id IN ('abc', 'icbc', 'ccb', 'boc') AND v.network = 'G';
