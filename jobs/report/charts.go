package report

import (
	"fmt"
	"math"

	"panelwatch/etl/panel"
)

// in is a column in another unit.
func in(c column, k kind) column {
	c.kind = k
	return c
}

func spellYear(m panel.Month) string { return fmt.Sprint(m.Year()) }

// sizeOf tells an app's month: its size with its interval, records and peak.
func sizeOf(v view, k kind) *phrase {
	p, n := &phrase{}, v.now()
	if n.len() == 0 {
		return p
	}
	p.add("%s%s月独立设备数 %s", "%s, %s: %s devices", spell(v.month), same(n.text(0, "app_name")), k.around(n.num(0, "mud_devices"), n.num(0, "mud_se_devices")))
	if n.has("mom_ratio") {
		p.add("环比 %s", "%s on the month before", growth.around(n.num(0, "mom_ratio"), n.num(0, "mom_se_ratio")))
	}
	if n.has("yoy_ratio") {
		p.add("同比 %s", "%s on the year before", growth.around(n.num(0, "yoy_ratio"), n.num(0, "yoy_se_ratio")))
	}
	if n.has("annual_peak_devices") {
		if at, ok := n.date(0, "annual_peak_month"); ok {
			p.add("当年峰值 %s，在%s", "peak of the year %s in %s", k.with(n.num(0, "annual_peak_devices")), spell(at))
		}
	}
	if n.has("is_record_high") {
		p.when(n.num(0, "is_record_high") == 1, "为历史新高", "a record high").when(lastRecord(v) > 0, "最近一次历史新高在%s", "the last record high was in %s", spell(lastRecord(v)))
	}
	return p
}

// lastRecord is the newest month before the report's with a record, 0 if the
// report's is one or none is known.
func lastRecord(v view) (last panel.Month) {
	for i := range v.sheet.Rows {
		if v.num(i, "is_record_high") == 1 {
			last = v.monthOf(i)
		}
	}
	if last == v.month {
		return 0
	}
	return last
}

var devicesOfMonth = Text{"月独立设备数", "Monthly unique devices"}

// sizeChart is the series of one app, with its highest month and its newest.
func sizeChart(v view, k kind, limit float64) Chart {
	s := v.series("", "mud_devices", "mud_se_devices")
	top := s.highest()
	p := &phrase{}
	if v.len() > 0 {
		p.add("%s %s", "%s: %s", same(v.text(0, "app_name")), k.with(v.last("mud_devices")))
	}
	if top >= 0 && s.points[top].at != int(v.month) {
		p.add("%s最高，%s", "highest in %s: %s", monthName(s.points[top].at), k.with(s.points[top].v))
	} else {
		p.when(v.len() > 1, "为所示各月最高", "the highest of the months shown")
	}
	return Chart{
		p.title(), subtitle(devicesOfMonth, k.unit, v.span(), s.hasError(), isBand),
		lines{kind: k, line: s.marked(k, top, s.newest()), limit: limit},
	}
}

// seriesOf has a small picture for each member of a column.
func seriesOf(v view, column string, k kind, title Text) Chart {
	pic, known := panels{kind: k}, false
	for _, m := range v.members(column) {
		s := v.only(column, m).series(m, "mud_devices", "mud_se_devices")
		pic.all = append(pic.all, s.marked(k, s.highest(), s.newest()))
		known = known || s.hasError()
	}
	return Chart{title, subtitle(devicesOfMonth, k.unit, v.span(), known, isBand), pic}
}

// barsOf has a bar for each row.
func barsOf(v view, label, column, se string, k kind, title, measure Text, limit float64) Chart {
	g := group{}
	known := false
	for i := range v.sheet.Rows {
		b := bar{name: v.text(i, label), v: v.num(i, column), se: math.NaN()}
		if se != "" {
			b.se = v.num(i, se)
		}
		b.light = limit > 0 && !(b.v > limit)
		known = known || !math.IsNaN(b.se)
		g.bars = append(g.bars, b)
	}
	return Chart{title, subtitle(measure, k.unit, v.span(), known, isWhisker), bars{kind: k, groups: []group{g}, limit: limit}}
}

// dimensions as a page calls them.
var dimensions = map[string]Text{
	"all": {"总体", "Whole"}, "gender": {"性别", "Gender"}, "age_band": {"年龄", "Age"}, "marital": {"婚姻", "Marital status"},
	"city_tier": {"城市等级", "City tier"}, "province": {"省份", "Province"}, "city": {"城市", "City"}, "occupation": {"职业", "Occupation"},
}

// profileChart has the shares of every dimension under its name; the largest
// of each stands out.
func profileChart(v view, title Text) Chart {
	pic, known := bars{kind: share}, false
	for _, d := range v.members("dimension") {
		w := v.only("dimension", d)
		g, top := group{head: dimensions[d]}, w.highest("share_ratio")
		for i := range w.sheet.Rows {
			b := bar{name: w.text(i, "member"), v: w.num(i, "share_ratio"), se: w.num(i, "share_se_ratio"), light: i != top}
			if tgi := w.num(i, "tgi"); !math.IsNaN(tgi) {
				b.note = "TGI " + index.print(tgi)
			}
			known = known || !math.IsNaN(b.se)
			g.bars = append(g.bars, b)
		}
		pic.groups = append(pic.groups, g)
	}
	return Chart{title, subtitle(Text{"占比", "Share"}, share.unit, v.span(), known, isWhisker), pic}
}

// hoursChart has the 24 hours of each app.
func hoursChart(v view, title Text) Chart {
	pic := panels{kind: hourly, hours: true}
	for _, app := range v.members("app_name") {
		w := v.only("app_name", app)
		s := w.series(app, "share_ratio", "")
		for i := range w.sheet.Rows {
			if w.num(i, "is_local_peak") == 1 {
				s.points[i].mark, s.points[i].label = true, fmt.Sprintf("%d:00", s.points[i].at)
			}
		}
		pic.all = append(pic.all, s)
	}
	return Chart{title, subtitle(Text{"每小时活跃用户占比", "Share of active users by hour"}, hourly.unit, v.span(), false, Text{}), pic}
}

// peakHours names the local peaks of the day.
func peakHours(v view) (t Text) {
	var all []Text
	for i := range v.sheet.Rows {
		if v.num(i, "is_local_peak") == 1 {
			h := int(v.num(i, "hour"))
			all = append(all, Text{fmt.Sprintf("%d点", h), fmt.Sprintf("%d:00", h)})
		}
	}
	return joined(Text{"、", ", "}, all...)
}

func yearText(m panel.Month) Text { return Text{spellYear(m) + "年", spellYear(m)} }
