-- Questions to the warehouse's views. Each begins with its [name], returns one
-- row with one column, and takes its parameters by name
--   app, member, members (divided by commas), n (how many members), dimension,
--   month and base (first day), year and base_year, other (another app)
-- from the claim it answers. Values come in base units (台, ratios).

-- [universe] devices of 全网 in a month
SELECT value FROM v_indicator WHERE indicator = 'universe_devices' AND app_id = '*' AND month_start = :month

-- [universe_as_printed] lowest and highest of a half year, in 亿台 with one decimal
SELECT CONCAT(MIN(ROUND(value / 100000000, 1)), ';', MAX(ROUND(value / 100000000, 1)))
  FROM v_indicator
 WHERE indicator = 'universe_devices' AND app_id = '*' AND month_start BETWEEN '2023-07-01' AND '2023-12-01'

-- [months] months in the warehouse
SELECT COUNT(DISTINCT month_start) FROM v_indicator WHERE indicator = 'universe_devices' AND app_id = '*'

-- [devices] monthly devices of an app
SELECT mud_devices FROM v_app_month WHERE app_name = :app AND month_start = :month

-- [yoy] against the same month of the year before
SELECT yoy_ratio FROM v_app_month WHERE app_name = :app AND month_start = :month

-- [ratio_to_month] a month over an earlier one
SELECT now.mud_devices / base.mud_devices
  FROM v_app_month now JOIN v_app_month base ON base.app_id = now.app_id
 WHERE now.app_name = :app AND now.month_start = :month AND base.month_start = :base

-- [over_other_app] an app over another
SELECT a.mud_devices / b.mud_devices
  FROM v_app_month a JOIN v_app_month b ON b.month_start = a.month_start
 WHERE a.app_name = :app AND b.app_name = :other AND a.month_start = :month

-- [penetration_industry] part of the category's devices
SELECT penetration_industry_ratio FROM v_app_month WHERE app_name = :app AND month_start = :month

-- [annual_peak] highest month of a year
SELECT annual_peak_devices FROM v_app_month WHERE app_name = :app AND month_start = CONCAT(:year, '-12-01')

-- [highest_month] highest month of the whole history
SELECT DATE_FORMAT(month_start, '%Y-%m') FROM v_indicator WHERE indicator = 'mud' AND dimension = 'all' AND app_name = :app ORDER BY value DESC, month_start LIMIT 1

-- [record_month] last month that the warehouse calls a record
SELECT DATE_FORMAT(MAX(month_start), '%Y-%m') FROM v_indicator WHERE indicator = 'record_high' AND app_name = :app AND value = 1

-- [annual_peaks] of every year, in order
SELECT GROUP_CONCAT(value ORDER BY month_start SEPARATOR ';')
  FROM v_indicator WHERE indicator = 'annual_peak' AND app_name = :app AND MONTH(month_start) = 12

-- [annual_peak_days] first day of the peak month of every year, without the year
SELECT GROUP_CONCAT(DATE_FORMAT(at_month, '%m-%d') ORDER BY month_start SEPARATOR ';')
  FROM v_indicator WHERE indicator = 'annual_peak' AND app_name = :app AND MONTH(month_start) = 12

-- [penetration_peak] highest monthly 全网渗透率 of a year
SELECT MAX(value) FROM v_indicator WHERE indicator = 'penetration_all' AND dimension = 'all' AND app_name = :app AND YEAR(month_start) = :year

-- [penetration_peak_change] of that against another year's
SELECT MAX(CASE WHEN YEAR(month_start) = :year THEN value END)
       - MAX(CASE WHEN YEAR(month_start) = :base_year THEN value END)
  FROM v_indicator WHERE indicator = 'penetration_all' AND dimension = 'all' AND app_name = :app

-- [annual_penetration_peaks] of every year, in order
SELECT GROUP_CONCAT(peak ORDER BY year SEPARATOR ';')
  FROM (SELECT YEAR(month_start) AS year, MAX(value) AS peak
          FROM v_indicator WHERE indicator = 'penetration_all' AND dimension = 'all' AND app_name = :app GROUP BY YEAR(month_start)) y

-- [annual_penetrations] mean of every year, in order
SELECT GROUP_CONCAT(mean ORDER BY year SEPARATOR ';')
  FROM (SELECT YEAR(month_start) AS year, AVG(value) AS mean
          FROM v_indicator WHERE indicator = 'penetration_all' AND dimension = 'all' AND app_name = :app GROUP BY YEAR(month_start)) y

-- [annual_means] of devices, every year, in order
SELECT GROUP_CONCAT(mean ORDER BY year SEPARATOR ';')
  FROM (SELECT YEAR(month_start) AS year, AVG(value) AS mean
          FROM v_indicator WHERE indicator = 'mud' AND dimension = 'all' AND app_name = :app GROUP BY YEAR(month_start)) y

-- [annual_mean_on_year_before] mean of a year over that of the year before, less one
SELECT AVG(CASE WHEN YEAR(month_start) = :year THEN value END)
       / AVG(CASE WHEN YEAR(month_start) = :year - 1 THEN value END) - 1
  FROM v_indicator WHERE indicator = 'mud' AND dimension = 'all' AND app_name = :app

-- [annual_mean_change] mean of a year over that of the years from base_year, less one
SELECT AVG(CASE WHEN YEAR(month_start) = :year THEN value END)
       / AVG(CASE WHEN YEAR(month_start) >= :base_year AND YEAR(month_start) < :year THEN value END) - 1
  FROM v_indicator WHERE indicator = 'mud' AND dimension = 'all' AND app_name = :app

-- [regional_devices] of a local app that is listed under that region
SELECT mud_devices FROM v_app_month
 WHERE app_name = :app AND month_start = :month
   AND :member = (SELECT region FROM v_rank WHERE app_name = :app AND month_start = :month)

-- [regional_daily] its daily average devices
SELECT dau_avg_devices FROM v_app_month
 WHERE app_name = :app AND month_start = :month
   AND :member = (SELECT region FROM v_rank WHERE app_name = :app AND month_start = :month)

-- [regional_growth] its six-month compound growth
SELECT cagr6_ratio FROM v_app_month
 WHERE app_name = :app AND month_start = :month
   AND :member = (SELECT region FROM v_rank WHERE app_name = :app AND month_start = :month)

-- [place] in the list of local-government apps
SELECT place FROM v_rank WHERE list_name = '地方政务' AND app_name = :app AND month_start = :month

-- [place_by_growth] among the twenty of that list, by six-month growth
SELECT place
  FROM (SELECT r.app_name, RANK() OVER (ORDER BY g.value DESC) AS place
          FROM v_rank r
          JOIN v_indicator g ON g.app_id = r.app_id AND g.month_start = r.month_start
                         AND g.indicator = 'cagr6' AND g.dimension = 'all'
         WHERE r.list_name = '地方政务' AND r.is_in_list = 1 AND r.month_start = :month) t
 WHERE app_name = :app

-- [member_devices] devices of an app in a province, say
SELECT mud_devices FROM v_app_segment
 WHERE app_name = :app AND month_start = :month AND dimension = :dimension AND member = :member

-- [member_tgi]
SELECT tgi FROM v_app_segment
 WHERE app_name = :app AND month_start = :month AND dimension = :dimension AND member = :member

-- [member_uses] per device and day of use
SELECT uses_per_device_day FROM v_app_segment
 WHERE app_name = :app AND month_start = :month AND dimension = :dimension AND member = :member

-- [member_minutes] per device and day of use
SELECT minutes_per_device_day FROM v_app_segment
 WHERE app_name = :app AND month_start = :month AND dimension = :dimension AND member = :member

-- [share] of some members together in the app's devices; NULL unless all of them are there
SELECT CASE WHEN COUNT(share_ratio) = :n THEN SUM(share_ratio) END FROM v_app_segment
 WHERE app_name = :app AND month_start = :month AND dimension = :dimension AND FIND_IN_SET(member, :members)

-- [top_share] of the five largest members
SELECT top_share_ratio FROM v_app_segment
 WHERE app_name = :app AND month_start = :month AND dimension = :dimension AND member = 'TOP'

-- [largest] members, as many as the claim names
SELECT GROUP_CONCAT(member ORDER BY place SEPARATOR '>')
  FROM (SELECT member, ROW_NUMBER() OVER (ORDER BY mud_devices DESC, member) AS place
          FROM v_app_segment
         WHERE app_name = :app AND month_start = :month AND dimension = :dimension AND mud_devices IS NOT NULL) m
 WHERE place <= :n

-- [above_ten_million] members with more than 1000万台
SELECT GROUP_CONCAT(member ORDER BY member SEPARATOR ';') FROM v_app_segment
 WHERE app_name = :app AND month_start = :month AND dimension = :dimension AND mud_devices > 10000000

-- [southern_of_fifteen] provinces south of 秦岭-淮河 among the fifteen largest
SELECT COUNT(*)
  FROM (SELECT member, ROW_NUMBER() OVER (ORDER BY mud_devices DESC, member) AS place
          FROM v_app_segment
         WHERE app_name = :app AND month_start = :month AND dimension = 'province' AND mud_devices IS NOT NULL) m
 WHERE place <= 15
   AND member IN ('上海', '江苏', '浙江', '安徽', '福建', '江西', '湖北', '湖南', '广东', '广西', '海南', '重庆', '四川', '贵州', '云南')

-- [men_to_women] in ten
SELECT CONCAT(ROUND(10 * MAX(CASE WHEN member = '男' THEN share_ratio END)), ';',
              ROUND(10 * MAX(CASE WHEN member = '女' THEN share_ratio END)))
  FROM v_app_segment WHERE app_name = :app AND month_start = :month AND dimension = 'gender'

-- [smallest_of_three_shares] men, married, up to 40
SELECT LEAST(SUM(CASE WHEN member = '男' THEN share_ratio END),
             SUM(CASE WHEN member = '已婚' THEN share_ratio END),
             SUM(CASE WHEN member IN ('24岁及以下', '25-35岁', '36-40岁') THEN share_ratio END))
  FROM v_app_segment WHERE app_name = :app AND month_start = :month

-- [share_change] of a member, twelve months pooled against another year's
SELECT SUM(CASE WHEN YEAR(month_start) = :year AND member = :member THEN value END)
       / SUM(CASE WHEN YEAR(month_start) = :year AND dimension = 'all' THEN value END)
       - SUM(CASE WHEN YEAR(month_start) = :base_year AND member = :member THEN value END)
       / SUM(CASE WHEN YEAR(month_start) = :base_year AND dimension = 'all' THEN value END)
  FROM v_indicator
 WHERE indicator = 'mud' AND app_name = :app AND dimension IN ('all', :dimension)

-- [smaller_cities] share of 三线 and below, half year by half year
SELECT GROUP_CONCAT(share ORDER BY month_start SEPARATOR ';')
  FROM (SELECT month_start, SUM(share_ratio) AS share FROM v_app_segment
         WHERE app_name = :app AND month_start IN ('2022-12-01', '2023-06-01', '2023-12-01')
           AND dimension = 'city_tier' AND member IN ('三线城市', '四线城市', '五线城市')
         GROUP BY month_start) s

-- [peak_months] of a member in a year, months above both neighbours
SELECT GROUP_CONCAT(DATE_FORMAT(month_start, '%Y-%m') ORDER BY month_start SEPARATOR ';')
  FROM (SELECT month_start, value,
               LAG(value) OVER (ORDER BY month_start) AS before_it,
               LEAD(value) OVER (ORDER BY month_start) AS after_it
          FROM v_indicator
         WHERE indicator = 'mud' AND app_name = :app AND dimension = :dimension AND member = :member AND YEAR(month_start) = :year) m
 WHERE value > before_it AND value > after_it

-- [correlation] of two members over the months of a year
SELECT (AVG(x * y) - AVG(x) * AVG(y)) / (STDDEV_POP(x) * STDDEV_POP(y))
  FROM (SELECT MAX(CASE WHEN member = SUBSTRING_INDEX(:members, ',', 1) THEN value END) / 10000 AS x,
               MAX(CASE WHEN member = SUBSTRING_INDEX(:members, ',', -1) THEN value END) / 10000 AS y
          FROM v_indicator
         WHERE indicator = 'mud' AND app_name = :app AND dimension = :dimension AND FIND_IN_SET(member, :members) AND YEAR(month_start) = :year
         GROUP BY month_start) m

-- [season_repeats] correlation of the seasonal part (devices over their centred
-- twelve-month mean) with that of the year before
SELECT (AVG(x * y) - AVG(x) * AVG(y)) / (STDDEV_POP(x) * STDDEV_POP(y))
  FROM (SELECT season AS x, LAG(season, 12) OVER (ORDER BY month_start) AS y
          FROM (SELECT month_start, CASE WHEN COUNT(*) OVER around = 12 THEN value / AVG(value) OVER around END AS season
                  FROM v_indicator WHERE indicator = 'mud' AND dimension = 'all' AND app_name = :app
                WINDOW around AS (ORDER BY month_start ROWS BETWEEN 6 PRECEDING AND 5 FOLLOWING)) s
         WHERE season IS NOT NULL) t
 WHERE y IS NOT NULL

-- [highest_of_first_half] its month in every year, in order
SELECT GROUP_CONCAT(MONTH(month_start) ORDER BY month_start SEPARATOR ';')
  FROM (SELECT month_start, RANK() OVER (PARTITION BY YEAR(month_start) ORDER BY value DESC) AS place
          FROM v_indicator WHERE indicator = 'mud' AND dimension = 'all' AND app_name = :app AND MONTH(month_start) <= 6) m
 WHERE place = 1

-- [summer_over_spring] June to September over February to May, the least of all years
SELECT MIN(ratio)
  FROM (SELECT AVG(CASE WHEN MONTH(month_start) BETWEEN 6 AND 9 THEN value END)
               / AVG(CASE WHEN MONTH(month_start) BETWEEN 2 AND 5 THEN value END) AS ratio
          FROM v_indicator WHERE indicator = 'mud' AND dimension = 'all' AND app_name = :app GROUP BY YEAR(month_start)) y

-- [exclusive_share] part of the app's devices that do not use the other
SELECT exclusive_a_ratio FROM v_overlap WHERE app_a_name = :app AND app_b_name = :other AND month_start = :month

-- [busy_hours] hours above both neighbours, cellular network
SELECT GROUP_CONCAT(hour ORDER BY hour SEPARATOR ';')
  FROM (SELECT hour, share_ratio,
               LAG(share_ratio) OVER (ORDER BY hour) AS before_it,
               LEAD(share_ratio) OVER (ORDER BY hour) AS after_it
          FROM v_hourly WHERE app_name = :app AND network = 'G' AND month_start = :month) h
 WHERE share_ratio > before_it AND share_ratio > after_it
