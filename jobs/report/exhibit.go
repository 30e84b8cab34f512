package report

import "panelwatch/etl/panel"

// An exhibit is one page of the printed report: what it is called there, which
// columns of its view are shown and what the numbers say. One without columns
// prints no panel data.
type exhibit struct {
	id, slug  string
	title     Text
	months    int    // that it shows, up to the report's
	app       string // whose numbers they are, if the view does not say
	dimension string // of its members, if the view does not say
	member    string // column with the member of the dimension
	columns   []column
	say       func(view) []Text
	show      func(view) []Chart
}

// longest is the span of the longest series.
const longest panel.Month = 48

// exhibits stand in the order of the report.
var exhibits = []exhibit{
	e01, e02, e03, e04, without("E05", "交管12123 · 功能结构", "交管12123 · functions"),
	e06, without("E07", "交管12123 · 发展策略", "交管12123 · strategy"),
	e08, e09, e10, without("E11", "铁路12306 · 功能", "铁路12306 · functions"),
	e12, e13, e14, e15, e16, without("E17", "网上国网 · 服务升级", "网上国网 · services"),
	e18, without("E19", "易捷加油 · 概览", "易捷加油 · overview"),
	e20, e21, without("E22", "个人所得税 · 发展历程", "个人所得税 · history"),
	e23, e24, e25, without("E26", "地方政务 · 背景", "Local government · background"),
	e27, e28, e29, e30, e31, without("E32", "国有大行 · 资产规模", "State banks · assets"),
	e33, e34,
}

func without(id, zh, en string) exhibit { return exhibit{id: id, title: Text{zh, en}} }

// Columns that many exhibits have.
var (
	ofMonth    = column{name: "month_start", head: Text{"月份", "Month"}, kind: monthly}
	ofApp      = column{name: "app_name", head: Text{"应用", "App"}, kind: name}
	ofSource   = column{name: "source", head: Text{"来源", "Source"}, kind: name}
	ofRevision = column{name: "revision", head: Text{"修订", "Revision"}, kind: whole}

	isPlace = column{name: "place", head: Text{"名次", "Place"}, kind: whole}
	mudWan  = column{name: "mud_devices", head: Text{"月独立设备数", "Monthly unique devices"}, kind: wan, se: "mud_se_devices", indicator: "mud"}
	mom     = column{name: "mom_ratio", head: Text{"环比", "On the month before"}, kind: growth, se: "mom_se_ratio", indicator: "mom"}
	yoy     = column{name: "yoy_ratio", head: Text{"同比", "On the year before"}, kind: growth, se: "yoy_se_ratio", indicator: "yoy"}
	record  = column{name: "is_record_high", head: Text{"历史新高", "Record high"}, kind: yesNo, indicator: "record_high"}
	peak    = column{name: "annual_peak_devices", se: "annual_peak_se_devices", head: Text{"当年峰值", "Peak of the year"}, kind: wan, indicator: "annual_peak"}
	peakAt  = column{name: "annual_peak_month", head: Text{"峰值月份", "Month of the peak"}, kind: monthly, indicator: "annual_peak"}
	isShare = column{name: "share_ratio", head: Text{"占比", "Share"}, kind: share, se: "share_se_ratio", indicator: "share"}
	isTGI   = column{name: "tgi", head: same("TGI"), kind: index, se: "tgi_se", indicator: "tgi"}
	member  = column{name: "member", head: Text{"选项", "Member"}, kind: name}
	ofHour  = column{name: "hour", head: Text{"小时", "Hour"}, kind: whole}
	hourOf  = column{name: "share_ratio", head: Text{"活跃用户占比", "Share of active users"}, kind: hourly}
	topHour = column{
		name: "is_local_peak", head: Text{"小高峰", "Local peak"}, kind: yesNo,
		absent: Text{"一天的首尾小时没有前后两小时可比", "the first and last hour have no neighbour to compare with"},
	}
	dimension = column{name: "dimension", head: Text{"维度", "Dimension"}, kind: name}
	province  = column{name: "province", head: Text{"省份", "Province"}, kind: name}
)

// plainShare is a share whose view gives no error.
var plainShare = column{name: "share_ratio", head: Text{"占比", "Share"}, kind: share, indicator: "share"}
