package report

import "math"

var e14 = exhibit{
	id: "E14", slug: "wangshangguowang_users", months: 48,
	title: Text{"网上国网 · 用户规模", "网上国网 · number of users"},
	columns: []column{
		ofMonth, mudWan, mom,
		{name: "season_ratio", head: Text{"与前后12个月均值之比", "Ratio to the twelve months around"}, kind: times, absent: Text{"前后12个月未齐", "the twelve months around it are not complete"}},
		{name: "place_in_half_year", head: Text{"半年内名次", "Place in its half year"}, kind: whole},
	},
	say: func(v view) []Text {
		return sizeOf(v, wan).add("在半年内居第 %s 位", "place %s in its half year", whole.with(v.last("place_in_half_year"))).sentences()
	},
	show: func(v view) []Chart {
		c := sizeChart(v, wan, 0)
		return []Chart{c}
	},
}

var e15 = exhibit{
	id: "E15", slug: "wangshangguowang_provinces", months: 1,
	title: Text{"网上国网 · 用户画像：TOP5 省份", "网上国网 · the five largest provinces"}, dimension: "province", member: "province",
	columns: []column{
		isPlace, province, mudWan, isTGI,
		{name: "top_share_ratio", head: Text{"TOP5 合计占比", "Share of the five together"}, kind: share},
	},
	say: func(v view) []Text {
		p := &phrase{}
		p.add("%s居首，%s", "%s is first, %s", same(v.text(0, "province")), wan.around(v.num(0, "mud_devices"), v.num(0, "mud_se_devices"))).
			add("TOP5 合计占 %s", "the five together have %s", share.with(v.num(0, "top_share_ratio")))
		if top := v.highest("tgi"); top >= 0 {
			p.add("TGI 最高的是%s，%s", "TGI is highest in %s, %s", same(v.text(top, "province")), index.with(v.num(top, "tgi")))
		}
		return p.sentences()
	},
	show: func(v view) []Chart { return []Chart{provincesChart(v)} },
}

// provincesChart has a bar for each province, with its TGI.
func provincesChart(v view) Chart {
	p := &phrase{}
	title := p.add("%s居首：%s", "%s is first: %s", same(v.text(0, "province")), wan.with(v.num(0, "mud_devices"))).title()
	c := barsOf(v, "province", "mud_devices", "mud_se_devices", wan, title, devicesOfMonth, 0)
	list := c.picture.(bars).groups[0].bars
	for i := range list {
		if tgi := v.num(i, "tgi"); !math.IsNaN(tgi) {
			list[i].note, list[i].light = "TGI "+index.print(tgi), !(tgi > 100)
		}
	}
	c.Subtitle = joined(same(" · "), c.Subtitle, Text{"深色：TGI 高于 100", "dark: TGI above 100"})
	return c
}

var e16 = exhibit{
	id: "E16", slug: "wangshangguowang_hours", months: 1,
	title:   Text{"网上国网 · G网24小时活跃用户分布", "网上国网 · active users over the 24 hours, network G"},
	columns: []column{ofHour, hourOf, topHour},
	say: func(v view) []Text {
		p := &phrase{}
		return p.add("小高峰在%s", "local peaks at %s", peakHours(v)).sentences()
	},
	show: func(v view) []Chart {
		p := &phrase{}
		return []Chart{hoursChart(v, p.add("小高峰在%s", "local peaks at %s", peakHours(v)).title())}
	},
}

var e18 = exhibit{
	id: "E18", slug: "zhongyouhaoke_users", months: 48,
	title: Text{"中油好客e站 · 用户规模", "中油好客e站 · number of users"},
	columns: []column{
		ofMonth, mudWan, {name: "is_above_700_wan", head: Text{"超过700万台", "Above 700万台"}, kind: yesNo}, mom, yoy,
	},
	say:  func(v view) []Text { return sizeOf(v, wan).sentences() },
	show: func(v view) []Chart { return []Chart{sizeChart(v, wan, 7e6)} },
}

var e20 = exhibit{
	id: "E20", slug: "yijiejiayou_users", months: 48,
	title:   Text{"易捷加油 · 用户规模", "易捷加油 · number of users"},
	columns: []column{ofMonth, mudWan, mom, yoy},
	say:     func(v view) []Text { return sizeOf(v, wan).sentences() },
	show:    func(v view) []Chart { return []Chart{sizeChart(v, wan, 0)} },
}

var e21 = exhibit{
	id: "E21", slug: "yijiejiayou_tiers", months: 1,
	title: Text{"易捷加油 · 用户画像：城市等级", "易捷加油 · city tiers"}, dimension: "city_tier", member: "city_tier",
	columns: []column{
		{name: "city_tier", head: Text{"城市等级", "City tier"}, kind: name},
		isShare,
		{name: "change_pp", se: "change_se_pp", head: Text{"较上年同月", "On the same month of the year before"}, kind: points, absent: Text{"上年同月没有数据，或口径不同", "nothing in the same month of the year before, or counted otherwise"}},
	},
	say:  sayTiers,
	show: func(v view) []Chart { return []Chart{tiersChart(v)} },
}
