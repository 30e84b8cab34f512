-- What the warehouse says of the values that the report states and no message
-- has to tell. Each section is named by its row of ground_truth_alerts.csv.

-- [A09] 交管12123 in 2023-12 over 2020-01: 1.9
SELECT ROUND(value, 1) FROM v_indicator
 WHERE indicator = 'ratio_to_base' AND app_id = 'jiaoguan12123' AND dimension = 'all' AND month_start = '2023-12-01'

-- [A11] the three largest provinces of 交管12123
SELECT GROUP_CONCAT(x.member ORDER BY x.mud_devices DESC SEPARATOR ' ')
  FROM (SELECT member, mud_devices FROM v_app_segment
         WHERE app_id = 'jiaoguan12123' AND dimension = 'province' AND month_start = '2023-12-01'
         ORDER BY mud_devices DESC LIMIT 3) x

-- [A16] the five largest provinces of 网上国网 and their share
SELECT CONCAT(GROUP_CONCAT(x.member ORDER BY x.mud_devices DESC SEPARATOR ' '), ' ',
              (SELECT ROUND(100 * value, 1) FROM v_indicator
                WHERE indicator = 'top_share' AND app_id = 'wangshangguowang' AND dimension = 'province' AND month_start = '2023-12-01'))
  FROM (SELECT member, mud_devices FROM v_app_segment
         WHERE app_id = 'wangshangguowang' AND dimension = 'province' AND month_start = '2023-12-01'
         ORDER BY mud_devices DESC LIMIT 5) x

-- [A30] the first two places of 地方政务, 万台
SELECT GROUP_CONCAT(CONCAT(app_name, ' ', mud_wan) ORDER BY place SEPARATOR ' ')
  FROM v_top_list WHERE list_name = '地方政务' AND month_start = '2023-12-01' AND place <= 2

-- [A37] 云闪付 among payment apps, %
SELECT ROUND(100 * value, 1) FROM v_indicator
 WHERE indicator = 'penetration_industry' AND app_id = 'yunshanfu' AND month_start = '2023-12-01'

-- [A38] 云闪付 without 支付宝: just under 40 %
SELECT exclusive_a_ratio BETWEEN 0.39 AND 0.40 FROM v_overlap
 WHERE app_a = 'yunshanfu' AND app_b = 'zhifubao' AND month_start = '2023-12-01'

-- [told] what a rule told of an app and member in a span of months, on its own or merged
SELECT month_start, verdict, severity, text_zh
  FROM v_finding
 WHERE verdict IN ('fired', 'expected') AND app_id = ? AND ('' = ? OR rule = ? OR FIND_IN_SET(?, also) > 0)
   AND member = ? AND month_start BETWEEN ? AND ?
 ORDER BY month_start, seq
