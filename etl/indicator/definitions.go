package indicator

// A Definition is what an analyst reads about an indicator.
type Definition struct {
	Name, Zh, En string
	Unit         string // devices, ratio, ratio_per_month, index, uses, minutes, bool, rank
	Formula      string
}

// Definitions of every indicator of the table indicator, in order of reading.
// Formulas follow the notation of the report's indicator catalogue: D devices
// of the app in month t, U universe, w weight.
var Definitions = []Definition{
	{"universe", "全网月独立设备数", "All-network monthly unique devices", "devices", "U_t, the control total"},
	{"mud", "月独立设备数", "Monthly unique devices", "devices", "sum of w over devices that used the app in t"},
	{"dau_avg", "日均独立设备数", "Average daily unique devices", "devices", "sum of w x active days / calendar days of t"},
	{"uses_per_device_day", "单机单日使用次数", "Uses per device and day of use", "uses", "sum of w x uses / sum of w x active days"},
	{"minutes_per_device_day", "单机单日有效时间", "Minutes per device and day of use", "minutes", "sum of w x seconds / 60 / sum of w x active days"},
	{"mom", "环比", "Month on month", "ratio", "D_t / D_t-1 - 1"},
	{"yoy", "同比", "Year on year", "ratio", "D_t / D_t-12 - 1"},
	{"cagr6", "近6个月复合增长率", "Six-month compound growth per month", "ratio_per_month", "(D_t / D_t-6)^(1/6) - 1"},
	{"penetration_all", "全网渗透率", "All-network penetration", "ratio", "D / U"},
	{"penetration_industry", "行业渗透率", "Category penetration", "ratio", "D / devices with at least one app of the category"},
	{"share", "占比", "Share of the app's devices", "ratio", "D_member / D"},
	{"tgi", "TGI", "Target group index", "index", "100 x (D_member / D) / (U_member / U)"},
	{"top_share", "TOPN集中度", "Share of the N largest members", "ratio", "sum of the N largest D_member / D"},
	{"record_high", "历史新高", "Record high", "bool", "D_t > max D_s, s < t"},
	{"annual_peak", "年峰值", "Peak of the year", "devices", "max D of the year so far; at_month is its month"},
	{"threshold_cross", "突破阈值", "Threshold crossed upward", "bool", "D_t >= T and D_t-1 < T"},
}
