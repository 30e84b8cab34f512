package alerts

import (
	"fmt"
	"math"

	"panelwatch/alerts/expect"
	"panelwatch/etl/panel"
)

var cagrFall = Rule{
	Name: "cagr_fall",
	Zh:   "近6个月复合增长率低于阈值，且超出抽样误差",
	En:   "Six-month compound growth is at or below the limit, beyond sampling error.",
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
	growth, known := listGrowth(h, l, e)
	f = about("cagr_fall", h.Month, Subject{App: e.App, List: l.Name, Segment: panel.All}, p).measuring(growth)
	switch {
	case !known:
		return f.unless(NotEvaluable, missing(h.Month-6)), true
	case growth.Value > p.Limit:
		return Finding{}, false
	case growth.Value+z95*growth.SE > p.Limit:
		return f.unless(Noise, withinError), true
	}
	return f.because(fallFact(growth, p.Limit)), true
}

func fallFact(growth expect.Point, limit float64) Fact {
	zh, en := plusMinus(growth)
	return Fact{
		fmt.Sprintf("近6个月复合增长率 %s/月%s，低于阈值 %s", signed(growth.Value), zh, signed(limit)),
		fmt.Sprintf("%s a month%s over six months, limit %s", signed(growth.Value), en, signed(limit)),
	}
}

// listGrowth is the app's six-month growth: from its series, or as delivered
// with the list, or from the list six months ago.
func listGrowth(h History, l List, e Entry) (expect.Point, bool) {
	level, _ := h.Find(e.App, panel.All, MUD)
	level.App, level.Segment = e.App, panel.All
	if growth, ok := growthOf(h, level, CAGR6, 6); ok {
		return growth, true
	}
	base, haveBase := entryOf(l.Months[h.Month-6], e.App)
	growth := expect.Point{Month: h.Month, Value: math.NaN(), SE: math.NaN()}
	if haveBase && base.Devices > 0 {
		growth = growthBetween(expect.Point{Value: base.Devices, SE: base.SE}, expect.Point{Month: h.Month, Value: e.Devices, SE: e.SE}, 6)
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
