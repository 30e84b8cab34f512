package report

import "math"

var e27 = exhibit{
	id: "E27", slug: "government_top20", months: 1,
	title: Text{"地方政务 · APP TOP20 榜", "Local government · the twenty largest apps"},
	columns: []column{
		isPlace, ofApp,
		{name: "region", head: Text{"地区", "Region"}, kind: name},
		{name: "mud_devices", head: Text{"月总独立设备数", "Monthly unique devices"}, kind: wan, se: "mud_se_devices", indicator: "mud"},
		{name: "dau_avg_devices", head: Text{"日均独立设备数", "Average daily devices"}, kind: wan, indicator: "dau_avg"},
		{name: "stickiness_ratio", head: Text{"日均/月总", "Daily over monthly"}, kind: share, absent: Text{"缺少日均", "no daily average"}},
		{name: "cagr6_ratio", head: Text{"近6个月复合增长率（每月）", "Compound growth of six months (a month)"}, kind: growth, se: "cagr6_se_ratio", indicator: "cagr6"},
		{name: "previous_place", head: Text{"上月名次", "Place the month before"}, kind: whole, absent: Text{"上月不在榜单内", "not in the list the month before"}},
		{name: "place_change", head: Text{"名次变化", "Places gained"}, kind: moved, absent: Text{"上月不在榜单内", "not in the list the month before"}},
		{name: "state", head: Text{"进出榜", "Entry or exit"}, kind: name},
	},
	say: func(v view) []Text {
		p := &phrase{}
		p.add("%s居首，%s", "%s is first, %s", same(v.text(0, "app_name")), wan.around(v.num(0, "mud_devices"), v.num(0, "mud_se_devices")))
		if top := v.highest("cagr6_ratio"); top >= 0 {
			p.add("近6个月增长最快的是%s，每月 %s", "%s grew fastest in six months, %s a month", same(v.text(top, "app_name")), growth.around(v.num(top, "cagr6_ratio"), v.num(top, "cagr6_se_ratio")))
		}
		open := openNeighbours(v)
		p.when(open >= 0, "相邻两名之差在抽样误差内的有 %s 处", "neighbours that sampling error cannot tell apart: %s", whole.with(float64(max(open, 0))))
		return p.sentences()
	},
	show: func(v view) []Chart {
		p := &phrase{}
		title := p.add("%s居首：%s", "%s is first: %s", same(v.text(0, "app_name")), wan.with(v.num(0, "mud_devices"))).title()
		size := barsOf(v, "app_name", "mud_devices", "mud_se_devices", wan, title, Text{"月总独立设备数", "Monthly unique devices"}, 0)
		grew := barsOf(v, "app_name", "cagr6_ratio", "cagr6_se_ratio", growth, growthTitle(v), Text{"近6个月复合增长率（每月）", "Compound growth of six months, a month"}, 0)
		list := grew.picture.(bars).groups[0].bars
		for i := range list {
			list[i].light = !(math.Abs(list[i].v) > z95*list[i].se)
		}
		grew.Subtitle = joined(same(" · "), grew.Subtitle, Text{"浅色：与零之差在误差内", "light: cannot be told apart from zero"})
		return []Chart{size, grew}
	},
}

// growthTitle counts growth and decline beyond the error.
func growthTitle(v view) Text {
	var up, down float64
	for i := range v.sheet.Rows {
		x, margin := v.num(i, "cagr6_ratio"), z95*v.num(i, "cagr6_se_ratio")
		if x > margin {
			up++
		}
		if x < -margin {
			down++
		}
	}
	p := &phrase{}
	return p.add("增长 %s 个、下降 %s 个", "%s grow and %s decline", whole.with(up), whole.with(down)).
		add("其余与零之差在误差内", "the others cannot be told apart from zero").title()
}

// openNeighbours counts places whose difference from the next is within error,
// the apps taken as independent; -1 where no error is known.
func openNeighbours(v view) int {
	n := -1
	for i := 1; i < v.len(); i++ {
		margin := z95 * math.Hypot(v.num(i-1, "mud_se_devices"), v.num(i, "mud_se_devices"))
		if math.IsNaN(margin) {
			continue
		}
		n = max(n, 0)
		if v.num(i-1, "mud_devices")-v.num(i, "mud_devices") <= margin {
			n++
		}
	}
	return n
}
