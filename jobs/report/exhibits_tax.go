package report

import "math"

var e23 = exhibit{
	id: "E23", slug: "geshui_users", months: 48,
	title: Text{"个人所得税 · 用户规模", "个人所得税 · number of users"},
	columns: []column{
		ofMonth, mudWan, mom, yoy, record, peak, peakAt,
		{name: "annual_mean_devices", se: "annual_mean_se_devices", head: Text{"年均值", "Mean of the year"}, kind: wan, absent: Text{"当年12个月未齐", "the twelve months of the year are not complete"}},
		{name: "annual_mean_change_ratio", se: "annual_mean_change_se_ratio", head: Text{"年均值较前三年均值", "Mean of the year on that of the three before"}, kind: growth, absent: Text{"四年的月份未齐", "the months of the four years are not complete"}},
	},
	say: func(v view) []Text {
		return sizeOf(v, wan).add("年均值 %s", "mean of the year %s", wan.around(v.last("annual_mean_devices"), v.last("annual_mean_se_devices"))).
			add("较前三年均值 %s", "%s on the mean of the three years before", growth.around(v.last("annual_mean_change_ratio"), v.last("annual_mean_change_se_ratio"))).sentences()
	},
	show: func(v view) []Chart { return []Chart{sizeChart(v, wan, 0)} },
}

var e24 = exhibit{
	id: "E24", slug: "geshui_penetration", months: 48,
	title: Text{"个人所得税 · 渗透率趋势", "个人所得税 · trend of penetration"}, member: "member",
	columns: []column{
		ofMonth,
		{name: "measure", head: Text{"指标", "Measure"}, kind: name},
		member,
		{name: "ratio", se: "se_ratio", head: Text{"数值", "Value"}, kind: share},
		{name: "change_on_three_years_pp", se: "change_on_three_years_se_pp", head: Text{"较三年前", "On three years before"}, kind: points, absent: Text{"三年前没有数据或口径不同，或不作此比较", "nothing three years before, counted otherwise, or not compared"}},
	},
	say: func(v view) []Text {
		peaks, tiers := v.only("measure", "peak_penetration"), v.only("measure", "share").now()
		p := &phrase{}
		p.add("%s全网渗透率峰值 %s", "peak penetration of %s: %s", yearText(v.month), share.around(peaks.last("ratio"), peaks.last("se_ratio"))).
			add("较三年前 %s", "%s on three years before", points.around(peaks.last("change_on_three_years_pp"), peaks.last("change_on_three_years_se_pp"))).
			add("新一线与二线城市合计 %s", "新一线 and 二线 cities together %s", share.with(sumOf(tiers, "新一线城市", "二线城市")))
		return p.sentences()
	},
	show: func(v view) (all []Chart) {
		p := &phrase{}
		if peaks := v.only("measure", "peak_penetration"); peaks.len() > 0 {
			last := peaks.num(peaks.len()-1, "ratio")
			all = append(all, yearsChart(peaks, "ratio", "se_ratio", p.add("年峰值 %s", "peak of the year: %s", share.with(last)).title()))
		}
		if tiers := v.only("measure", "share").now(); tiers.len() > 0 {
			top, q := tiers.highest("ratio"), &phrase{}
			title := q.add("%s占比最高：%s", "%s has the largest share: %s", same(tiers.text(top, "member")), share.with(tiers.num(top, "ratio"))).title()
			all = append(all, barsOf(tiers, "member", "ratio", "se_ratio", share, title, Text{"各级城市占比", "Share of the city tiers"}, 0))
		}
		return all
	},
}

// sumOf adds up the shares of members of one dimension, NaN if one is missing.
func sumOf(v view, members ...string) (sum float64) {
	for _, m := range members {
		w := v.only("member", m)
		if w.len() != 1 {
			return math.NaN()
		}
		sum += w.num(0, "ratio")
	}
	return sum
}

var e25 = exhibit{
	id: "E25", slug: "geshui_people", months: 1,
	title:   Text{"个人所得税 · 用户画像：性别、年龄、婚姻", "个人所得税 · gender, age, marital status"},
	member:  "member",
	columns: []column{dimension, member, isShare, isTGI},
	say:     sayProfile,
	show:    showProfile,
}
