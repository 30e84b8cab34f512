package extract

// A Column is one column of a table's contract: its name here and the headers
// under which vendors deliver it. Before a header is looked up, a leading
// month (2023年12月, 12月) and spaces are cut off; a unit in brackets, (万台)
// or （万台）, is read as the unit of the column.
type Column struct {
	Name    string
	Aliases []string
	Unit    string // default unit, when the header carries none
	Must    bool   // the table makes no sense without it
}

// Tables is the contract of every table: which columns it may have. A column
// that is not listed stops the extract.
var Tables = map[string][]Column{
	TableDevices: {
		{Name: "month"}, // YYYYMM, must equal the manifest's month when present
		{Name: "device_id", Must: true},
		{Name: "weight", Must: true}, // devices represented, > 0
		{Name: "rep_group"},          // 1..80
		{Name: "strata"},
		{Name: "province"},
		{Name: "city"},
		{Name: "city_tier"},
		{Name: "gender"},
		{Name: "age_band"},
		{Name: "marital"},
		{Name: "occupation_tags"}, // multi-valued, separated by ;
		{Name: "os"},
		{Name: "brand"},
		{Name: "panel_days"},
	},
	TableUsage: {
		{Name: "month"}, // month grain
		{Name: "day"},   // day grain, YYYY-MM-DD
		{Name: "device_id", Must: true},
		{Name: "app_id", Must: true},
		{Name: "active_days"}, // month grain, 1..days of the month
		{Name: "uses", Must: true},
		{Name: "seconds", Must: true},
	},
	TableAppMonth: {
		{Name: "app", Aliases: []string{"应用名称", "APP名称"}, Must: true},
		{Name: "category_l1", Aliases: []string{"一级分类"}},
		{Name: "category_l2", Aliases: []string{"二级分类"}},
		{Name: "month", Aliases: []string{"月份"}, Must: true},
		{Name: "devices", Aliases: []string{"月独立设备数", "独立设备数", "月总独立设备数"}, Unit: "万台", Must: true},
		{Name: "mom", Aliases: []string{"环比增幅"}, Unit: "%"},
		{Name: "dau_avg", Aliases: []string{"日均独立设备数"}, Unit: "万台"},
		{Name: "total_hours", Aliases: []string{"月度总有效时长"}, Unit: "万小时"},
		{Name: "total_uses", Aliases: []string{"月总使用次数"}, Unit: "万次"},
		{Name: "uses_per_device_day", Aliases: []string{"单机单日使用次数"}, Unit: "次"},
		{Name: "minutes_per_device_day", Aliases: []string{"单机单日有效时间"}, Unit: "分"},
	},
	TableProfile: {
		{Name: "position", Aliases: []string{"序号"}},
		{Name: "app", Aliases: []string{"应用名称", "APP名称"}},
		{Name: "month", Aliases: []string{"月份"}},
		{Name: "dimension", Aliases: []string{"维度"}}, // 性别 年龄 婚姻 城市等级 省份 城市 职业标签
		{Name: "member", Aliases: []string{"选项", "省份", "城市"}, Must: true},
		{Name: "devices", Aliases: []string{"独立设备数", "月独立设备数", "月总独立设备数"}, Unit: "万台"},
		{Name: "share", Aliases: []string{"占比"}, Unit: "%"},
		{Name: "tgi", Aliases: []string{"TGI"}},
		{Name: "uses_per_device_day", Aliases: []string{"单机单日使用次数"}, Unit: "次"},
		{Name: "minutes_per_device_day", Aliases: []string{"单机单日有效时间"}, Unit: "分"},
	},
	TableTopList: {
		{Name: "position", Aliases: []string{"序号"}, Must: true},
		{Name: "app", Aliases: []string{"APP名称", "应用名称"}, Must: true},
		{Name: "region", Aliases: []string{"所属地区"}},
		{Name: "devices", Aliases: []string{"月总独立设备数", "月独立设备数", "独立设备数"}, Unit: "万台", Must: true},
		{Name: "dau_avg", Aliases: []string{"日均独立设备数"}, Unit: "万台"},
		{Name: "cagr6", Aliases: []string{"近6个月复合增长率"}, Unit: "%"},
	},
	TableOverlap: {
		{Name: "app_a", Aliases: []string{"APP A"}, Must: true},
		{Name: "app_b", Aliases: []string{"APP B"}, Must: true},
		{Name: "month", Aliases: []string{"月份"}},
		{Name: "devices_a", Aliases: []string{"A"}, Unit: "万台"},
		{Name: "devices_b", Aliases: []string{"B"}, Unit: "万台"},
		{Name: "devices_both", Aliases: []string{"A∩B"}, Unit: "万台", Must: true},
		{Name: "devices_union", Aliases: []string{"A∪B"}, Unit: "万台"},
		{Name: "overlap_rate", Aliases: []string{"重合率"}, Unit: "%"},
		{Name: "exclusive_share", Aliases: []string{"独占率"}, Unit: "%"},
	},
	TableHourly: { // and 0点 .. 23点, in % of the day's device-hours
		{Name: "app", Aliases: []string{"应用名称", "APP名称"}, Must: true},
		{Name: "month", Aliases: []string{"月份"}, Must: true},
		{Name: "network", Aliases: []string{"网络"}}, // G网 or 全部
	},
	TableUniverse: {
		{Name: "category", Aliases: []string{"分类"}, Must: true}, // 全网 or a category of the catalogue
		{Name: "month", Aliases: []string{"月份"}, Must: true},
		{Name: "devices", Aliases: []string{"月独立设备数", "独立设备数"}, Unit: "万台", Must: true},
	},
}
