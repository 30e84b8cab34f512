package alerts

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"panelwatch/alerts/expect"
	"panelwatch/etl/panel"
)

// The app of a list that grows fastest over six months. It is told when it
// newly leads beyond sampling error, and when a half-year closes, in June and
// December.
var growthLeader = Rule{
	Name:  "growth_leader",
	Zh:    "榜单内近6个月复合增长率最高，且与第二名之差超出抽样误差：新领先时及6月、12月告知",
	En:    "The highest six-month compound growth of a list, above the second beyond sampling error: told when newly so, and in June and December.",
	Lasts: saidAgain,
	Check: func(h History, _ Knowledge, p Params) (out []Finding) {
		for _, l := range h.Lists {
			if f, ok := judgeLeader(h, l, p); ok {
				out = append(out, f)
			}
		}
		return out
	},
}

// A lead is the two shown apps of a list that grew most in six months, and how
// far apart their growths are in standard errors, NaN when not known.
type lead struct {
	first, second Entry
	growth, next  expect.Point
	z             float64
}

// judgeLeader is silent when nobody grows as fast as the limit.
func judgeLeader(h History, l List, p Params) (f Finding, ok bool) {
	x, found := leadOf(h, l, h.Month)
	if !found {
		if len(l.Months[h.Month]) < 2 {
			return Finding{}, false
		}
		f = about("growth_leader", h.Month, Subject{List: l.Name, Segment: panel.All}, p)
		return f.unless(NotEvaluable, lacking(l.Breaks, h.Month-6, h.Month, missing(h.Month-6))), true
	}
	if x.growth.Value < p.Limit {
		return Finding{}, false
	}
	f = about("growth_leader", h.Month, Subject{App: x.first.App, List: l.Name, Segment: panel.All}, p)
	f = f.measuring(x.growth, h.publishes(x.first.App, CAGR6)).because(leaderFact(l, x))
	f.Z = x.z
	told, before := leadTold(h, l, x.first.App, p)
	switch {
	case math.IsNaN(x.z):
		return f.unless(NotEvaluable, noError), true
	case x.z < p.critical(1):
		return f.unless(Noise, leadWithinError), true
	case before && !dueAgain(h.Month, 6, told):
		return f.lasting(toldIn(told)), true
	}
	f.Label = "榜内增长最快"
	return f, true
}

// leadOf compares the growths of the apps shown in month m.
func leadOf(h History, l List, m panel.Month) (x lead, found bool) {
	type growing struct {
		entry  Entry
		growth expect.Point
	}
	var all []growing
	for _, e := range l.at(h, m) {
		if g, known := listGrowth(h, l, e.App, m); known && e.Rank <= l.Size {
			all = append(all, growing{e, g})
		}
	}
	if len(all) < 2 {
		return lead{}, false
	}
	slices.SortStableFunc(all, func(a, b growing) int { return cmp.Compare(b.growth.Value, a.growth.Value) })
	x = lead{first: all[0].entry, growth: all[0].growth, second: all[1].entry, next: all[1].growth}
	x.z = (x.growth.Value - x.next.Value) / math.Hypot(x.growth.SE, x.next.SE)
	a, knownA := entryOf(l.Months[m-6], x.first.App)
	b, knownB := entryOf(l.Months[m-6], x.second.App)
	if knownA && knownB && a.Estimate != nil && b.Estimate != nil {
		x.z = moved(x.first, x.second, a, b).z() // the replicates know what the months and apps share
	}
	return x, true
}

// at is the list of a month: as delivered, else by the apps' own series.
func (l List) at(h History, m panel.Month) []Entry {
	if rows := byRank(l.Months[m]); len(rows) > 0 {
		return rows
	}
	var rows []Entry
	for _, app := range l.Apps {
		if s, ok := h.Find(app, panel.All, MUD); ok {
			if pt, have := s.at(m); have {
				rows = append(rows, Entry{App: app, Name: s.Name, Devices: pt.Value, SE: pt.SE, Basis: s.Basis, DAU: math.NaN(), CAGR6: math.NaN()})
			}
		}
	}
	slices.SortStableFunc(rows, func(a, b Entry) int { return cmp.Compare(b.Devices, a.Devices) })
	for i := range rows {
		rows[i].Rank = i + 1
	}
	return rows
}

// leadTold finds the month that told this app's lead: nobody else surely led
// since, and it did not fall behind in between.
func leadTold(h History, l List, app panel.AppID, p Params) (told panel.Month, before bool) {
	for m := h.Month - 1; m > h.Month-p.lookback(); m-- {
		x, found := leadOf(h, l, m)
		if !found || x.first.App != app {
			break
		}
		if x.z >= p.critical(1) && x.growth.Value >= p.Limit {
			told, before = m, true
		}
	}
	return told, before
}

func leaderFact(l List, x lead) Fact {
	zh, en := plusMinus(x.growth)
	zhNext, enNext := plusMinus(x.next)
	return Fact{
		fmt.Sprintf("近6个月复合增长率 %s/月%s，%s榜内最高，其次为%s %s/月%s", signed(x.growth.Value), zh, l.Name, x.second.Name, signed(x.next.Value), zhNext),
		fmt.Sprintf("%s a month%s over six months, the highest of %s, next %s with %s%s", signed(x.growth.Value), en, l.Name, x.second.Name, signed(x.next.Value), enNext),
	}
}

var leadWithinError = Fact{"与第二名之差在抽样误差内，视为并列", "a tie: the lead over the second is within sampling error"}
