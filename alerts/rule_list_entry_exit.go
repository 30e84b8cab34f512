package alerts

import (
	"fmt"
	"math"

	"panelwatch/etl/panel"
)

var listEntryExit = Rule{
	Name:  "list_entry_exit",
	Zh:    "进入或退出榜单，且与界外邻位的差距及其变化均超出抽样误差",
	En:    "An app enters or leaves the shown list, and both its distance to the neighbour across the line and the change of it are beyond sampling error.",
	Lasts: staysAcross,
	Check: func(h History, _ Knowledge, p Params) (out []Finding) {
		for _, l := range h.Lists {
			for _, lag := range p.lags() {
				out = append(out, judgeLine(l, h.Month, h.Month-panel.Month(lag), p)...)
			}
		}
		return out
	},
}

// judgeLine compares the first l.Size places of two months.
func judgeLine(l List, m, base panel.Month, p Params) (out []Finding) {
	if f, cannot := listMissing("list_entry_exit", l, m, base, p); cannot {
		return []Finding{f}
	}
	now, then := byRank(l.Months[m]), byRank(l.Months[base])
	begin := func(app panel.AppID) Finding {
		return about("list_entry_exit", m, Subject{App: app, List: l.Name, Segment: panel.All}, p)
	}
	all, idle := crossings(now, then, l.Size)
	limit := falseDiscoveryLimit(chances(all, idle), p.FDR)
	for _, c := range all {
		f := begin(c.now.App)
		f.Value, f.Unit, f.Indicator = float64(c.now.Rank), Places, Rank
		if c.was.Rank > 0 {
			f.Was = Placed{base, c.was.Rank}
		}
		out = append(out, f.because(c.fact(l, base)).acrossLine(c, limit))
	}
	for _, was := range then {
		if _, here := entryOf(now, was.App); !here && was.Rank <= l.Size {
			out = append(out, begin(was.App).unless(NotEvaluable, missingRow(base)))
		}
	}
	return out
}

// acrossLine gives a crossing its verdict.
func (f Finding) acrossLine(c crossing, limit float64) Finding {
	f.Z = c.z
	switch {
	case c.across == nil:
		return f.unless(NotEvaluable, Fact{"榜单只给出界内应用，无法与界外比较", "no row across the line"})
	case math.IsNaN(c.z):
		return f.unless(NotEvaluable, noError)
	case math.Abs(c.z) < z95 || c.p() > limit:
		return f.because(nextTo(*c.across)).unless(Noise, Fact{"进出榜在抽样误差内", "entry or exit within sampling error"})
	}
	f.Label = f.Facts[0].Zh
	return f
}

// nextTo names the neighbour across the line.
func nextTo(e Entry) Fact {
	return Fact{fmt.Sprintf("与第%d位%s相邻", e.Rank, e.Name), fmt.Sprintf("next to no. %d %s", e.Rank, e.Name)}
}

func (c crossing) fact(l List, base panel.Month) Fact {
	if c.in {
		return entryFact(l, c.now, c.was, c.known, base)
	}
	return exitFact(l, c.now, c.was, base)
}

func entryFact(l List, e, was Entry, known bool, base panel.Month) Fact {
	if !known {
		return Fact{
			fmt.Sprintf("新进%s榜前%d，第%d位", l.Name, l.Size, e.Rank),
			fmt.Sprintf("new in the top %d of %s at no. %d", l.Size, l.Name, e.Rank),
		}
	}
	return Fact{
		fmt.Sprintf("进入%s榜前%d，第%d位（%s 第%d位）", l.Name, l.Size, e.Rank, base, was.Rank),
		fmt.Sprintf("entered the top %d of %s at no. %d (no. %d in %s)", l.Size, l.Name, e.Rank, was.Rank, base),
	}
}

func exitFact(l List, e, was Entry, base panel.Month) Fact {
	return Fact{
		fmt.Sprintf("退出%s榜前%d，第%d位（%s 第%d位）", l.Name, l.Size, e.Rank, base, was.Rank),
		fmt.Sprintf("left the top %d of %s, now no. %d (no. %d in %s)", l.Size, l.Name, e.Rank, was.Rank, base),
	}
}

// missingRow: an app that was delivered and is no longer has not left the
// list, its row is missing.
func missingRow(base panel.Month) Fact {
	return Fact{
		fmt.Sprintf("缺行：%s 在榜，本月未交付", base),
		fmt.Sprintf("missing row: in the list of %s, not delivered this month", base),
	}
}
