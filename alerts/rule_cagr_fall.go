package alerts

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"panelwatch/alerts/expect"
	"panelwatch/etl/panel"
)

// A fall over six months is still in the figure months after it began. It is
// told when newly below the limit, when it has doubled, and when a half-year
// closes, in June and December.
var cagrFall = Rule{
	Name:  "cagr_fall",
	Zh:    "近6个月复合增长率低于阈值，且超出抽样误差：首次低于、跌幅翻倍时及6月、12月告知",
	En:    "Six-month compound growth is at or below the limit, beyond sampling error: told when newly so, when doubled, and in June and December.",
	Lasts: saidAgain,
	Check: func(h History, _ Knowledge, p Params) (out []Finding) {
		for _, l := range h.Lists {
			for _, e := range l.Months[h.Month] {
				if f, ok := judgeFall(h, l, e, p); ok {
					out = append(out, f)
				}
			}
		}
		return out
	},
}

// judgeFall is silent when the app does not fall that fast.
func judgeFall(h History, l List, e Entry, p Params) (f Finding, ok bool) {
	growth, known := listGrowth(h, l, e.App, h.Month)
	f = about("cagr_fall", h.Month, Subject{App: e.App, List: l.Name, Segment: panel.All}, p).measuring(growth, h.publishes(e.App, CAGR6))
	switch {
	case !known:
		return f.unless(NotEvaluable, lacking(l.Breaks, h.Month-6, h.Month, missing(h.Month-6))), true
	case growth.Value > p.Limit:
		return Finding{}, false
	}
	f = f.because(fallFact(growth, p.Limit))
	if !surely(growth, p.Limit, -1) {
		return f.unless(Noise, withinError), true
	}
	told, before := toldBefore(readings(l.upTo(h, e.App), -1, p.Limit, func(m panel.Month) (expect.Point, bool) {
		return listGrowth(h, l, e.App, m)
	}), p.again())
	if before && !dueAgain(h.Month, 6, told) {
		return f.lasting(toldIn(told)), true
	}
	return f, true
}

// upTo are the months up to the judged one in which an app was seen: in its
// series, else in the list.
func (l List) upTo(h History, app panel.AppID) (out []expect.Point) {
	if s, ok := h.Find(app, panel.All, MUD); ok {
		return s.before(h.Month + 1)
	}
	for _, m := range slices.Sorted(maps.Keys(l.Months)) {
		if _, here := entryOf(l.Months[m], app); here && m <= h.Month {
			out = append(out, expect.Point{Month: m})
		}
	}
	return out
}

func fallFact(growth expect.Point, limit float64) Fact {
	zh, en := plusMinus(growth)
	return Fact{
		fmt.Sprintf("近6个月复合增长率 %s/月%s，低于阈值 %s", signed(growth.Value), zh, signed(limit)),
		fmt.Sprintf("%s a month%s over six months, limit %s", signed(growth.Value), en, signed(limit)),
	}
}

// listGrowth is an app's six-month growth at month m: from its series, or as
// delivered with the list, or from the list six months before.
func listGrowth(h History, l List, app panel.AppID, m panel.Month) (expect.Point, bool) {
	level, _ := h.Find(app, panel.All, MUD)
	level.App, level.Segment = app, panel.All
	if growth, ok := growthOf(h, level, CAGR6, 6, m); ok {
		return growth, true
	}
	growth := expect.Point{Month: m, Value: math.NaN(), SE: math.NaN()}
	e, have := entryOf(l.Months[m], app)
	if !have {
		return growth, false
	}
	if base, haveBase := entryOf(l.Months[m-6], app); haveBase && base.Devices > 0 {
		growth = growthBetween(expect.Point{Value: base.Devices, SE: base.SE}, expect.Point{Month: m, Value: e.Devices, SE: e.SE}, 6)
	}
	if !math.IsNaN(e.CAGR6) {
		growth.Value = e.CAGR6
	}
	return growth, !math.IsNaN(growth.Value) && !math.IsInf(growth.Value, 0)
}

func entryOf(entries []Entry, app panel.AppID) (Entry, bool) {
	for _, e := range entries {
		if e.App == app {
			return e, true
		}
	}
	return Entry{}, false
}
