package jobs_test

// exhibitQuestions are put to the exhibits, by the claim that they answer. A
// question mark stands for the name of the claim's app.
var exhibitQuestions = map[string][]exhibitQuestion{
	"C002": {{`SELECT universe_devices FROM v_exhibit_e01 WHERE month_start = '2023-12-01'`, printed}},
	"C003": {{`SELECT CONCAT(MIN(universe_yi), ';', MAX(universe_yi)) FROM v_exhibit_e01 WHERE month_start BETWEEN '2023-07-01' AND '2023-12-01'`, exactly("13.9;13.9")}},
	"C004": {{`SELECT MAX(DATE_FORMAT(month_start, '%Y-%m')) FROM v_exhibit_e02 WHERE app_name = ? AND is_record_high = 1`, beginning("2023-")}},
	"C005": {{`SELECT annual_peak_devices FROM v_exhibit_e02 WHERE app_name = ? AND month_start = '2023-12-01'`, printed}},
	"C006": {{`SELECT mud_devices FROM v_exhibit_e03 WHERE app_name = ? AND member = '山东' AND month_start = '2023-12-01'`, printed}},
	"C007": {{`SELECT mud_devices FROM v_exhibit_e03 WHERE app_name = ? AND member = 'all' AND month_start = '2023-12-01'`, printed}},
	"C008": {{`SELECT GROUP_CONCAT(share ORDER BY month_start SEPARATOR ';')
		  FROM (SELECT month_start, SUM(share_ratio) AS share FROM v_exhibit_e03
		         WHERE app_name = ? AND member IN ('三线城市', '四线城市', '五线城市') AND month_start IN ('2022-12-01', '2023-06-01', '2023-12-01')
		         GROUP BY month_start) s`, rising(3)}},
	"C009": {{`SELECT peak_penetration_ratio FROM v_exhibit_e04 WHERE app_name = ? AND month_start = '2023-12-01'`, printed}},
	"C010": {{`SELECT change_on_three_years_pp / 100 FROM v_exhibit_e04 WHERE app_name = ? AND month_start = '2023-12-01'`, printed}},
	"C011": {{`SELECT mud_devices FROM v_exhibit_e04 WHERE app_name = ? AND month_start = '2023-12-01'`, printed}},
	"C012": {{`SELECT place FROM v_exhibit_e04 WHERE app_name = ? AND month_start = '2023-12-01'`, printed}},
	"C016": {{`SELECT annual_peak_devices FROM v_exhibit_e06 WHERE month_start = '2023-12-01'`, printed}},
	"C017": {{`SELECT ratio_to_2020_01 FROM v_exhibit_e06 WHERE month_start = '2023-12-01'`, printed}},
	"C018": {{`SELECT yoy_ratio FROM v_exhibit_e06 WHERE month_start = '2023-12-01'`, printed}},
	"C021": {{`SELECT GROUP_CONCAT(province ORDER BY place SEPARATOR '>') FROM v_exhibit_e08 WHERE month_start = '2023-12-01' AND place <= 3`, asNamed}},
	"C022": {
		{`SELECT mud_devices FROM v_exhibit_e08 WHERE month_start = '2023-12-01' AND place = 1`, printed},
		{`SELECT GROUP_CONCAT(province) FROM v_exhibit_e08 WHERE month_start = '2023-12-01' AND is_above_1000_wan = 1`, asNamed},
	},
	"C023": {{`SELECT LEAST(SUM(CASE WHEN member = '男' THEN share_ratio END), SUM(CASE WHEN member = '已婚' THEN share_ratio END),
		              SUM(CASE WHEN member IN ('24岁及以下', '25-35岁', '36-40岁') THEN share_ratio END))
		  FROM v_exhibit_e09 WHERE month_start = '2023-12-01'`, above("0.5")}},
	"C024": {{`SELECT change_ratio FROM v_exhibit_e10 WHERE of_year = 2023 AND city_tier = '四线城市'`, printed}},
	"C025": {{`SELECT change_ratio FROM v_exhibit_e10 WHERE of_year = 2023 AND city_tier = '五线城市'`, printed}},
	"C026": {
		{`SELECT mud_devices FROM v_exhibit_e12 WHERE month_start = '2023-09-01'`, printed},
		{`SELECT MAX(DATE_FORMAT(month_start, '%Y-%m')) FROM v_exhibit_e12 WHERE is_record_high = 1`, asDated},
	},
	"C028": {{cityPeaks + `'北京'`, asDated}},
	"C029": {{cityPeaks + `'上海'`, asDated}},
	"C030": {{cityPeaks + `'深圳'`, asDated}},
	"C031": {{`SELECT (AVG(x * y) - AVG(x) * AVG(y)) / (STDDEV_POP(x) * STDDEV_POP(y))
		  FROM (SELECT MAX(CASE WHEN city = '北京' THEN mud_wan END) AS x, MAX(CASE WHEN city = '上海' THEN mud_wan END) AS y
		          FROM v_exhibit_e13 WHERE YEAR(month_start) = 2023 GROUP BY month_start) m`, above("0.95")}},
	"C033": {{`SELECT GROUP_CONCAT(MONTH(month_start) ORDER BY month_start SEPARATOR ';') FROM v_exhibit_e14 WHERE MONTH(month_start) <= 6 AND place_in_half_year = 1`, everyYear(4)}},
	"C034": {{`SELECT MIN(ratio) FROM (SELECT AVG(CASE WHEN MONTH(month_start) BETWEEN 6 AND 9 THEN mud_devices END)
		              / AVG(CASE WHEN MONTH(month_start) BETWEEN 2 AND 5 THEN mud_devices END) AS ratio
		          FROM v_exhibit_e14 GROUP BY YEAR(month_start)) y`, above("1.1")}},
	"C035": {{`SELECT GROUP_CONCAT(province ORDER BY place SEPARATOR '>') FROM v_exhibit_e15 WHERE month_start = '2023-12-01'`, exactly("山东>四川>河北>河南>山西")}},
	"C036": {{`SELECT MIN(top_share_ratio) FROM v_exhibit_e15 WHERE month_start = '2023-12-01'`, printed}},
	"C047": {{`SELECT GROUP_CONCAT(hour ORDER BY hour SEPARATOR ';') FROM v_exhibit_e16 WHERE month_start = '2023-12-01' AND is_local_peak = 1`, asPrinted}},
	"C048": {
		{`SELECT mud_devices FROM v_exhibit_e18 WHERE month_start = '2023-12-01'`, printed},
		{`SELECT is_above_700_wan FROM v_exhibit_e18 WHERE month_start = '2023-12-01'`, exactly("1")},
	},
	"C049": {{`SELECT yoy_ratio FROM v_exhibit_e20 WHERE month_start = '2023-12-01'`, printed}},
	"C050": {{`SELECT LEAST(SUM(CASE WHEN city_tier IN ('三线城市', '四线城市', '五线城市') THEN change_pp END),
		              -SUM(CASE WHEN city_tier IN ('一线城市', '新一线城市', '二线城市') THEN change_pp END))
		  FROM v_exhibit_e21 WHERE month_start = '2023-12-01'`, above("1")}},
	"C052": {{`SELECT GROUP_CONCAT(DATE_FORMAT(annual_peak_month, '%m-%d') ORDER BY month_start SEPARATOR ';') FROM v_exhibit_e23 WHERE MONTH(month_start) = 12`, inWindow(4)}},
	"C053": {{`SELECT GROUP_CONCAT(annual_peak_devices ORDER BY month_start SEPARATOR ';') FROM v_exhibit_e23 WHERE MONTH(month_start) = 12`, rising(4)}},
	"C054": {{`SELECT annual_mean_change_ratio FROM v_exhibit_e23 WHERE month_start = '2023-12-01'`, printed}},
	"C055": {
		{`SELECT mud_devices FROM v_exhibit_e23 WHERE month_start = '2023-03-01'`, printed},
		{`SELECT MAX(DATE_FORMAT(month_start, '%Y-%m')) FROM v_exhibit_e23 WHERE is_record_high = 1`, asDated},
	},
	"C056": {{`SELECT yoy_ratio FROM v_exhibit_e23 WHERE month_start = '2023-03-01'`, printed}},
	"C057": {{`SELECT ratio FROM v_exhibit_e24 WHERE month_start = '2023-12-01' AND measure = 'peak_penetration'`, printed}},
	"C058": {{`SELECT change_on_three_years_pp / 100 FROM v_exhibit_e24 WHERE month_start = '2023-12-01' AND measure = 'peak_penetration'`, printed}},
	"C059": {{`SELECT SUM(ratio) FROM v_exhibit_e24 WHERE month_start = '2023-12-01' AND member IN ('新一线城市', '二线城市')`, printed}},
	"C060": {{`SELECT share_ratio FROM v_exhibit_e25 WHERE month_start = '2023-12-01' AND member = '25-35岁'`, printed}},
	"C061": {{`SELECT CONCAT(ROUND(10 * MAX(CASE WHEN member = '男' THEN share_ratio END)), ';', ROUND(10 * MAX(CASE WHEN member = '女' THEN share_ratio END)))
		  FROM v_exhibit_e25 WHERE month_start = '2023-12-01'`, asRatio}},
	"C062": {{`SELECT share_ratio FROM v_exhibit_e25 WHERE month_start = '2023-12-01' AND member = '已婚'`, printed}},
	"C063": {{`SELECT place FROM v_exhibit_e27 WHERE month_start = '2023-12-01' AND app_name = ?`, printed}},
	"C126": {{`SELECT penetration_industry_ratio FROM v_exhibit_e28 WHERE month_start = '2023-12-01'`, printed}},
	"C127": {{`SELECT a_devices / b_devices FROM v_exhibit_e29 WHERE month_start = '2023-12-01'`, below("1")}},
	"C128": {{`SELECT exclusive_a_ratio FROM v_exhibit_e29 WHERE month_start = '2023-12-01'`, printed}},
	"C129": {
		{`SELECT share_ratio FROM v_exhibit_e30 WHERE month_start = '2023-12-01' AND place = 1`, printed},
		{`SELECT occupation FROM v_exhibit_e30 WHERE month_start = '2023-12-01' AND place = 1`, asNamed},
	},
	"C131": {{`SELECT mud_devices FROM v_exhibit_e31 WHERE month_start = '2023-12-01' AND place = 1`, printed}},
	"C195": {{`SELECT GROUP_CONCAT(mean ORDER BY of_year SEPARATOR ';')
		  FROM (SELECT YEAR(month_start) AS of_year, AVG(mud_devices) AS mean FROM v_exhibit_e33 WHERE app_name = ? GROUP BY YEAR(month_start)) y`, rising(4)}},
	"C196": {{`SELECT GROUP_CONCAT(hour ORDER BY hour SEPARATOR ';') FROM v_exhibit_e34 WHERE app_name = ? AND month_start = '2023-12-01' AND is_local_peak = 1`, asPrinted}},
	"C200": {{`SELECT GROUP_CONCAT(ratio ORDER BY month_start SEPARATOR ';') FROM v_exhibit_e24 WHERE measure = 'peak_penetration'`, rising(4)}},
}

// Months at either end of the year have no neighbour on the page.
const cityPeaks = `SELECT GROUP_CONCAT(DATE_FORMAT(month_start, '%Y-%m') ORDER BY month_start SEPARATOR ';') FROM v_exhibit_e13
	 WHERE month_start BETWEEN '2023-02-01' AND '2023-11-01' AND is_local_peak = 1 AND city = `
