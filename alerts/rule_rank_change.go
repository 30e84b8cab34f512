package alerts

import (
	"fmt"
	"math"
	"strings"

	"panelwatch/etl/panel"
)

var rankChange = Rule{
	Name: "rank_change",
	Zh:   "榜单名次变化，且至少一对互换超出抽样误差",
	En:   "An app moved within the list, and at least one of the swapped pairs is beyond sampling error.",
	Check: func(h History, _ Knowledge, p Params) (out []Finding) {
		for _, l := range h.Lists {
			for _, lag := range p.lags() {
				out = append(out, judgeRanks(l, h.Month, h.Month-panel.Month(lag), p)...)
			}
		}
		return out
	},
}

func (p Params) lags() []int {
	if len(p.Lags) > 0 {
		return p.Lags
	}
	return []int{1}
}

// judgeRanks gives one finding for each app shown in both months that moved.
func judgeRanks(l List, m, base panel.Month, p Params) (out []Finding) {
	now, then := byRank(l.Months[m]), byRank(l.Months[base])
	if f, cannot := listMissing("rank_change", l, m, base, p); cannot {
		return []Finding{f}
	}
	all := swaps(now, then, l.Size)
	limit := swapLimit(all, p.FDR)
	for _, e := range now {
		was, ok := entryOf(then, e.App)
		if !ok || e.Rank > l.Size || was.Rank > l.Size || e.Rank == was.Rank {
			continue
		}
		f := about("rank_change", m, Subject{App: e.App, List: l.Name, Segment: panel.All}, p)
		f.Value, f.Unit = float64(e.Rank), Places
		out = append(out, f.rankMove(rankMove{l, e, was, base}, involving(all, e.App), limit))
	}
	return out
}

func swapLimit(all []swap, rate float64) float64 {
	var ps []float64
	for _, s := range testable(all) {
		ps = append(ps, s.p())
	}
	return falseDiscoveryLimit(ps, rate)
}

// listMissing tells that one of two months of a list is not there.
func listMissing(rule string, l List, m, base panel.Month, p Params) (Finding, bool) {
	for _, t := range []panel.Month{m, base} {
		if len(l.Months[t]) == 0 {
			fact := Fact{fmt.Sprintf("缺少 %s 榜单", t), fmt.Sprintf("list of %s missing", t)}
			return about(rule, m, Subject{List: l.Name, Segment: panel.All}, p).unless(NotEvaluable, fact), true
		}
	}
	return Finding{}, false
}

// A rankMove is an app's place in a list now and in a base month.
type rankMove struct {
	list     List
	now, was Entry
	base     panel.Month
}

// rankMove gives the finding its verdict from the pairs that the app swapped.
func (f Finding) rankMove(r rankMove, mine []swap, limit float64) Finding {
	sure := significant(mine, limit)
	switch {
	case len(mine) == 0:
		return f.unless(NotEvaluable, Fact{"榜单成员不同，名次不可比", "the list's rows differ between the months"})
	case len(testable(mine)) == 0:
		return f.unless(NotEvaluable, noError)
	case len(sure) == 0:
		return f.unless(Noise, Fact{"名次变化在抽样误差内", "rank change within sampling error"})
	}
	f.Z = sure[0].z
	if sure[0].under.App == f.Subject.App {
		f.Z = -f.Z
	}
	f.Label = fmt.Sprintf("第%d位（%s 第%d位）", r.now.Rank, r.base, r.was.Rank)
	return f.because(r.fact()).because(pairFacts(sure, f.Subject.App)...)
}

func (r rankMove) fact() Fact {
	places := int(math.Abs(float64(r.was.Rank - r.now.Rank)))
	zh, en := "升", "up"
	if r.now.Rank > r.was.Rank {
		zh, en = "降", "down"
	}
	return Fact{
		fmt.Sprintf("%s榜第%d位（%s 第%d位，%s%d位）", r.list.Name, r.now.Rank, r.base, r.was.Rank, zh, places),
		fmt.Sprintf("no. %d of %s (no. %d in %s, %s %d)", r.now.Rank, r.list.Name, r.was.Rank, r.base, en, places),
	}
}

// pairFacts name the apps that were surely overtaken, or overtook, up to five.
func pairFacts(sure []swap, app panel.AppID) (facts []Fact) {
	var up, down []string
	for _, s := range sure {
		if s.over.App == app {
			up = append(up, s.under.Name)
		} else {
			down = append(down, s.over.Name)
		}
	}
	if len(up) > 0 {
		zh, en := names(up)
		facts = append(facts, Fact{"超过" + zh, "ahead of " + en})
	}
	if len(down) > 0 {
		zh, en := names(down)
		facts = append(facts, Fact{"被" + zh + "超过", "behind " + en})
	}
	return facts
}

func names(all []string) (zh, en string) {
	const most = 5
	if n := len(all); n > most {
		return fmt.Sprintf("%s等%d个", strings.Join(all[:most], "、"), n),
			fmt.Sprintf("%s and %d more", strings.Join(all[:most], ", "), n-most)
	}
	return strings.Join(all, "、"), strings.Join(all, ", ")
}
