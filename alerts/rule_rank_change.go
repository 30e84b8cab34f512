package alerts

import (
	"cmp"
	"fmt"
	"slices"

	"panelwatch/etl/panel"
)

// A swap over several months stays in the figures for as many. It is told
// when the month before had not swapped yet against the same base, and when
// the span closes: over six months, in June and December. Of a pair that
// swapped one app speaks for both.
var rankChange = Rule{
	Name: "rank_change",
	Zh:   "榜单名次变化，且至少一对互换超出抽样误差；同一互换告知一次，半年比较在6月、12月再次告知",
	En:   "An app moved within the list, and at least one of the swapped pairs is beyond sampling error; a swap is told once, over six months again in June and December.",
	Check: func(h History, _ Knowledge, p Params) (out []Finding) {
		limit := rankLimit(h, p)
		for _, l := range h.Lists {
			out = append(out, judgeRanks(l, h.Month, p, limit)...)
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

// rankLimit takes all lists and lags as one batch of tests.
func rankLimit(h History, p Params) float64 {
	var all []swap
	var idle int
	for _, l := range h.Lists {
		for _, lag := range p.lags() {
			swapped, others := swaps(byRank(l.Months[h.Month]), byRank(l.Months[h.Month-panel.Month(lag)]), l.Size)
			all, idle = append(all, swapped...), idle+others
		}
	}
	return swapLimit(all, idle, p.FDR)
}

// judgeRanks gives one finding for each app that moved, over whatever lags.
func judgeRanks(l List, m panel.Month, p Params, limit float64) (out []Finding) {
	moves := map[panel.AppID][]rankMove{}
	for _, lag := range p.lags() {
		if f, cannot := listMissing("rank_change", l, m, m-panel.Month(lag), p); cannot {
			out = append(out, f)
			continue
		}
		for _, r := range movesOver(l, m, lag, p, limit) {
			moves[r.now.App] = append(moves[r.now.App], r)
		}
	}
	var judged []rankFinding
	for _, e := range byRank(l.Months[m]) {
		if mine := moves[e.App]; len(mine) > 0 {
			slices.SortStableFunc(mine, clearerMove)
			f := about("rank_change", m, Subject{App: e.App, List: l.Name, Segment: panel.All}, p)
			judged = append(judged, f.ranked(mine))
		}
	}
	return append(out, speakOnce(judged)...)
}

// movesOver are the moves of the apps that are shown in both months; over more
// than a month in one of them: entry and exit were told when they happened.
func movesOver(l List, m panel.Month, lag int, p Params, limit float64) (out []rankMove) {
	base := m - panel.Month(lag)
	now, then := byRank(l.Months[m]), byRank(l.Months[base])
	all, _ := swaps(now, then, l.Size)
	old := map[pair]bool{}
	if !closes(m, lag) {
		old = surePairs(byRank(l.Months[m-1]), then, l.Size, p.FDR)
	}
	for _, e := range now {
		was, ok := entryOf(then, e.App)
		in, wasIn := e.Rank <= l.Size, was.Rank <= l.Size
		if !ok || e.Rank == was.Rank || !in && !wasIn || lag == 1 && in != wasIn {
			continue
		}
		r := rankMove{list: l.Name, now: e, was: was, base: base, all: involving(all, e.App)}
		r.sure = significant(r.all, limit)
		r.news = slices.DeleteFunc(slices.Clone(r.sure), func(s swap) bool { return old[s.pair()] })
		out = append(out, r)
	}
	return out
}

// swapLimit is the limit of a batch of swaps, and of pairs that did not swap.
func swapLimit(all []swap, idle int, rate float64) float64 {
	ps := slices.Repeat([]float64{1}, idle)
	for _, s := range testable(all) {
		ps = append(ps, s.p())
	}
	return falseDiscoveryLimit(ps, rate)
}

// surePairs are the pairs that had swapped for sure since a base month.
func surePairs(now, base []Entry, size int, rate float64) map[pair]bool {
	all, idle := swaps(now, base, size)
	out := map[pair]bool{}
	for _, s := range significant(all, swapLimit(all, idle, rate)) {
		out[s.pair()] = true
	}
	return out
}

// listMissing tells that one of two months of a list is not there.
func listMissing(rule string, l List, m, base panel.Month, p Params) (Finding, bool) {
	for _, t := range []panel.Month{m, base} {
		if len(l.Months[t]) == 0 {
			fact := Fact{fmt.Sprintf("缺少 %s 榜单", t), fmt.Sprintf("list of %s missing", t)}
			return about(rule, m, Subject{List: l.Name, Segment: panel.All}, p).unless(NotEvaluable, lacking(l.Breaks, base, m, fact)), true
		}
	}
	return Finding{}, false
}

// A rankFinding is a finding with the pairs that it names and that are news.
type rankFinding struct {
	Finding
	moved int // places
	named []swap
	news  []swap
}

// speakOnce lets one app of each swapped pair speak: the one with most news
// first. An app whose news others have told is held back.
func speakOnce(judged []rankFinding) (out []Finding) {
	order := make([]int, len(judged))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(len(judged[b].news), len(judged[a].news)), cmp.Compare(judged[b].moved, judged[a].moved))
	})
	spoken := map[pair]string{}
	for _, i := range order {
		j := &judged[i]
		untold := slices.ContainsFunc(j.news, func(s swap) bool { return spoken[s.pair()] == "" })
		if j.Verdict == Fired && !untold {
			j.Finding = j.unless(Suppressed, toldWith(spoken[j.news[0].pair()]))
		}
		if j.Verdict == Fired {
			for _, s := range j.named {
				spoken[s.pair()] = s.nameOf(j.Subject.App)
			}
		}
	}
	for _, j := range judged {
		out = append(out, j.Finding)
	}
	return out
}

func toldWith(name string) Fact { return Fact{"已随" + name + "告知", "told with " + name} }
