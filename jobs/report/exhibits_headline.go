package report

import "math"

var controlTotal = Text{"控制总数，无抽样误差", "a control total, no sampling error"}

var e01 = exhibit{
	id: "E01", slug: "universe", months: 48, app: "全网",
	title: Text{"整体发展现状 · 全网", "The whole market"},
	columns: []column{
		ofMonth,
		{name: "universe_devices", head: Text{"全网月独立设备数", "Devices of the whole market"}, kind: yi, exact: controlTotal},
		{name: "mom_ratio", head: Text{"环比", "On the month before"}, kind: tiny, exact: controlTotal, absent: Text{"缺少上月", "the month before is missing"}},
	},
	say: func(v view) []Text {
		p := &phrase{}
		return p.add("%s全网月独立设备数 %s", "%s: %s devices in the whole market", spell(v.month), yi.with(v.last("universe_devices"))).
			add("环比 %s", "%s on the month before", tiny.with(v.last("mom_ratio"))).
			add("这是控制总数，没有抽样误差", "a control total, without sampling error").sentences()
	},
	show: func(v view) []Chart {
		s := v.series("全网", "universe_devices", "")
		p := &phrase{}
		return []Chart{{
			p.add("全网 %s", "whole market: %s", yi.with(v.last("universe_devices"))).title(),
			joined(same(" · "), Text{"月独立设备数（亿台）", "Monthly unique devices (亿台)"}, v.span(), controlTotal, Text{"纵轴不从零起", "the axis does not begin at zero"}),
			lines{kind: yi, line: s.marked(yi, s.newest(), 0), tight: true},
		}}
	},
}

var e02 = exhibit{
	id: "E02", slug: "transport", months: 48,
	title:   Text{"细分行业 · 交通", "Transport"},
	columns: []column{ofMonth, ofApp, in(mudWan, yi), record, in(peak, yi), peakAt},
	say: func(v view) (all []Text) {
		for _, app := range v.members("app_name") {
			all = append(all, sizeOf(v.only("app_name", app), yi).sentences()...)
		}
		return all
	},
	show: func(v view) []Chart {
		p := &phrase{}
		for _, app := range v.members("app_name") {
			p.add("%s %s", "%s %s", same(app), yi.with(v.only("app_name", app).last("mud_devices")))
		}
		return []Chart{seriesOf(v, "app_name", yi, p.title())}
	},
}

var e03 = exhibit{
	id: "E03", slug: "infrastructure", months: 1,
	title:   Text{"细分行业 · 基础设施", "Infrastructure"},
	member:  "member",
	columns: []column{ofMonth, ofApp, dimension, member, mudWan, {name: "share_ratio", head: Text{"占比", "Share"}, kind: share, indicator: "share", absent: Text{"总体没有占比", "a whole has no share"}}},
	say: func(v view) (all []Text) {
		for _, app := range []string{"中油好客e站", "易捷加油"} {
			w := v.only("app_name", app).only("dimension", "all")
			if w.len() > 0 {
				p := &phrase{}
				all = append(all, p.add("%s %s", "%s: %s", same(app), wan.around(w.num(0, "mud_devices"), w.num(0, "mud_se_devices"))).sentences()...)
			}
		}
		if w := v.only("dimension", "province"); w.len() > 0 {
			over := w.where(func(i int) bool { return w.num(i, "mud_devices") > 5e6 })
			p := &phrase{}
			all = append(all, p.add("网上国网最大的省份是%s，%s", "网上国网 is largest in %s, %s", same(w.text(0, "member")), wan.around(w.num(0, "mud_devices"), w.num(0, "mud_se_devices"))).
				add("超过 500 万台的省份有 %s 个", "provinces above 500万台: %s", whole.with(float64(over.len()))).sentences()...)
		}
		return all
	},
	show: func(v view) (all []Chart) {
		for _, of := range []struct {
			dimension, label string
			limit            float64
			subject          Text
		}{
			{"all", "app_name", 7e6, Text{"两家加油应用", "fuel apps"}},
			{"province", "member", 5e6, Text{"网上国网的省份", "provinces of 网上国网"}},
			{"city_tier", "member", 0, Text{"易捷加油的城市等级", "city tiers of 易捷加油"}},
		} {
			if w := v.only("dimension", of.dimension); w.len() > 0 {
				title := largest(w, of.label, of.subject, of.limit)
				all = append(all, barsOf(w, of.label, "mud_devices", "mud_se_devices", wan, title, devicesOfMonth, of.limit))
			}
		}
		return all
	},
}

// largest names the largest row, and counts those above a limit.
func largest(v view, label string, subject Text, limit float64) Text {
	p := &phrase{}
	if top := v.highest("mud_devices"); top >= 0 {
		p.add("%s：%s最多，%s", "%s: %s is the largest, %s", subject, same(v.text(top, label)), wan.with(v.num(top, "mud_devices")))
	}
	over := v.where(func(i int) bool { return v.num(i, "mud_devices") > limit })
	return p.when(limit > 0, "超过 %s的有 %s 个", "above %s: %s", wan.with(limit), whole.with(float64(over.len()))).title()
}

var e04 = exhibit{
	id: "E04", slug: "public_finance", months: 48,
	title: Text{"细分行业 · 金融公共", "Public finance"},
	columns: []column{
		ofMonth, ofApp, mudWan,
		{name: "peak_penetration_ratio", se: "peak_penetration_se_ratio", head: Text{"当年全网渗透率峰值", "Peak penetration of the year"}, kind: share, absent: Text{"当年没有渗透率", "no penetration in this year"}},
		{name: "change_on_three_years_pp", se: "change_on_three_years_se_pp", head: Text{"较三年前", "On three years before"}, kind: points, absent: Text{"三年前没有数据，或口径不同", "nothing three years before, or counted otherwise"}},
		{name: "list_name", head: Text{"榜单", "List"}, kind: name, absent: Text{"不在榜单内", "in no list"}},
		{name: "place", head: Text{"名次", "Place"}, kind: whole, absent: Text{"不在榜单内", "in no list"}},
	},
	say: func(v view) (all []Text) {
		for _, app := range v.members("app_name") {
			w := v.only("app_name", app).now()
			if w.len() == 0 {
				continue
			}
			p := &phrase{}
			all = append(all, p.add("%s %s", "%s: %s", same(app), wan.around(w.num(0, "mud_devices"), w.num(0, "mud_se_devices"))).
				add("当年全网渗透率峰值 %s", "peak penetration of the year %s", share.around(w.num(0, "peak_penetration_ratio"), w.num(0, "peak_penetration_se_ratio"))).
				add("较三年前 %s", "%s on three years before", points.around(w.num(0, "change_on_three_years_pp"), w.num(0, "change_on_three_years_se_pp"))).
				add("%s榜第 %s 位", "in the list %s place %s", same(w.text(0, "list_name")), whole.with(w.num(0, "place"))).sentences()...)
		}
		return all
	},
	show: func(v view) (all []Chart) {
		for _, app := range v.members("app_name") {
			w := lastOfYears(v.only("app_name", app))
			p := &phrase{}
			title := p.add("%s 当年全网渗透率峰值 %s", "%s: peak penetration of the year %s", same(app), share.with(w.last("peak_penetration_ratio"))).title()
			if p.zh != nil {
				all = append(all, yearsChart(w, "peak_penetration_ratio", "peak_penetration_se_ratio", title))
			}
		}
		return all
	},
}

// lastOfYears keeps the newest month of every year.
func lastOfYears(v view) view {
	return v.where(func(i int) bool {
		return i+1 == v.len() || v.monthOf(i+1).Year() != v.monthOf(i).Year()
	})
}

// yearsChart has a bar for each year.
func yearsChart(v view, column, se string, title Text) Chart {
	g, known := group{}, true
	for i := range v.sheet.Rows {
		m := v.monthOf(i)
		known = known && !math.IsNaN(v.num(i, se))
		g.bars = append(g.bars, bar{name: spellYear(m), v: v.num(i, column), se: v.num(i, se), light: m.Year() != v.month.Year()})
	}
	return Chart{title, subtitle(Text{"全网渗透率的年峰值", "Peak of each year's penetration"}, share.unit, v.span(), known, isWhisker), bars{kind: share, groups: []group{g}}}
}
