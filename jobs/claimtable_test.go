package jobs_test

// A predicate says whether an answer is what a claim wants.
type predicate func(c claim, answer string) error

// A question is a section of claims.sql with what its answer must be.
type question struct {
	section string
	says    predicate
}

// questionsOf are those that decide a claim: its own where it has some, else
// the one that goes with its measure and dimension. None: it is left out.
func questionsOf(c claim) []question {
	if own, ok := own[c.id]; ok {
		return own
	}
	if c.kind != "number" {
		return nil
	}
	questions := also[c.id]
	if name, ok := numbers[c.measure+" by "+c.dimension]; ok {
		questions = append([]question{{name, printed}}, questions...)
	}
	return questions
}

// numbers are the sections that answer claims of a number.
var numbers = map[string]string{
	"monthly_unique_devices by ":                    "devices",
	"monthly_unique_devices(peak) by ":              "annual_peak",
	"ratio_monthly_unique_devices by ":              "ratio_to_month",
	"yoy by ":                                       "yoy",
	"annual_mean_monthly_unique_devices change by ": "annual_mean_change",
	"penetration_all_network(peak) by ":             "penetration_peak",
	"penetration_all_network(peak) change by ":      "penetration_peak_change",
	"penetration_industry by industry":              "penetration_industry",
	"exclusive_share by vs_app":                     "exclusive_share",

	"monthly_unique_devices by region":   "regional_devices",
	"daily_avg_unique_devices by region": "regional_daily",
	"cagr6 by region":                    "regional_growth",

	"monthly_unique_devices by province": "member_devices",
	"tgi by province":                    "member_tgi",
	"uses_per_device_day by province":    "member_uses",
	"minutes_per_device_day by province": "member_minutes",

	"share by city_tier":           "share",
	"share by age":                 "share",
	"share by marital":             "share",
	"share by occupation_tag":      "share",
	"share_change_pp by city_tier": "share_change",
}

// also are questions besides the number, for what the sentence adds to it.
var also = map[string][]question{
	"C022": {{"above_ten_million", asNamed}}, // the only province
	"C026": {{"record_month", asDated}},      // 历史峰值
	"C055": {{"record_month", asDated}},      // 历史峰值
	"C129": {{"largest", asNamed}},           // 占比最高
	"C131": {{"largest", asNamed}},           // 用户规模居首
}

// own are the questions of claims that no number decides, or not alone.
var own = map[string][]question{
	"C002": {{"universe", printed}},
	"C003": {{"universe_as_printed", exactly("13.9;13.9")}}, // 连续数月 is read as the second half of 2023
	"C004": {{"highest_month", beginning("2023-")}},
	"C008": {{"smaller_cities", rising(3)}, {"annual_mean_on_year_before", above("0")}},
	"C012": {{"place", printed}},
	"C013": {{"place", below("11")}}, // 前列 is read as the first half of the twenty
	"C014": {{"months", printed}},
	"C021": {{"largest", asNamed}},
	"C023": {{"smallest_of_three_shares", above("0.5")}},
	"C028": {{"peak_months", asDated}},
	"C029": {{"peak_months", asDated}},
	"C030": {{"peak_months", asDated}},
	"C031": {{"correlation", above("0.95")}},
	"C032": {{"season_repeats", above("0.8")}},
	"C033": {{"highest_of_first_half", everyYear(4)}},
	"C034": {{"summer_over_spring", above("1.1")}},
	"C035": {{"largest", asNamed}},
	"C036": {{"largest", exactly("山东>四川>河北>河南>山西")}, {"top_share", printed}},
	"C047": {{"busy_hours", asPrinted}},
	"C050": {{"smaller_cities", rising(3)}, {"annual_mean_on_year_before", above("0")}},
	"C052": {{"annual_peak_days", inWindow(4)}},
	"C053": {{"annual_peaks", rising(4)}},
	"C061": {{"men_to_women", asRatio}},
	"C063": {{"place", printed}},
	"C064": {{"place_by_growth", printed}},
	"C127": {{"over_other_app", below("1")}},
	"C132": {{"southern_of_fifteen", above("7.5")}},
	"C195": {{"annual_means", rising(4)}},
	"C196": {{"busy_hours", asPrinted}},
	"C197": {{"annual_mean_on_year_before", above("0")}}, // how fast, no number says
	"C198": {{"annual_mean_on_year_before", above("0.1")}},
	"C199": {{"annual_penetrations", rising(4)}},
	"C200": {{"annual_penetration_peaks", rising(4)}},
	"C201": {{"annual_means", rising(4)}}, // the sample begins in 2020, not in 2017-12
}

// leftOut are the claims that no panel can answer, or that contradict the
// report's own figures.
var leftOut = map[string]string{
	"C001": "a deadline of policy, not panel data",
	"C015": "the app's list of functions, not panel data",
	"C019": "the date of an event, not panel data",
	"C020": "the date of an event, not panel data",
	"C027": "the date of an event, not panel data",
	"C051": "versions in app stores, not panel data",
	"C125": "scenes in which the app is accepted, not panel data",
	"C133": "contradicts its own table: 使用偏好显著 of 广东, where the TGI is 73.2 (C139), below average",
	"C194": "banks' assets, not panel data, and printed in a picture only",
}

// groups are apps that the report speaks of by a common name.
var groups = map[string][]string{
	"ALL(移动互联网全网)": {"全网"},
	"六家国有银行手机银行":   {"农业银行", "工商银行", "建设银行", "中国银行", "交通银行", "邮储银行"},
	// the apps to which the report gives a chapter
	"城市基础及公共服务类APP": {"交管12123", "铁路12306", "网上国网", "中油好客e站", "易捷加油", "个人所得税", "云闪付"},
}
