package alerts

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"panelwatch/etl/panel"
)

// A rankMove is an app's place in a list now and in a base month, with the
// pairs that it swapped in between.
type rankMove struct {
	list     string
	now, was Entry
	base     panel.Month
	all      []swap
	sure     []swap // beyond sampling error, clearest first
	news     []swap // of these, the ones not told before
}

// evidence is how far a move can be told from noise: the verdict that it
// calls for, and the largest distance of its pairs in standard errors.
func (r rankMove) evidence() (Verdict, float64) {
	known := testable(r.all)
	switch {
	case len(r.sure) > 0:
		return Fired, r.sure[0].z
	case len(known) > 0:
		return Noise, slices.MaxFunc(known, func(a, b swap) int { return cmp.Compare(a.z, b.z) }).z
	}
	return NotEvaluable, 0
}

// clearerMove orders the moves of an app over several lags: the clearest speaks.
func clearerMove(a, b rankMove) int {
	va, za := a.evidence()
	vb, zb := b.evidence()
	return cmp.Or(cmp.Compare(place(verdicts, va), place(verdicts, vb)), cmp.Compare(zb, za))
}

// ranked gives a finding its verdict from an app's moves, the clearest first.
func (f Finding) ranked(moves []rankMove) rankFinding {
	clearest := moves[0]
	f.Value, f.Unit, f.Indicator = float64(clearest.now.Rank), Places, Rank
	f.Swaps = slices.MaxFunc(moves, func(a, b rankMove) int { return cmp.Compare(a.base, b.base) }).swapped()
	verdict, _ := clearest.evidence()
	switch {
	case len(clearest.all) == 0:
		return rankFinding{Finding: f.because(placeFact(moves)).unless(NotEvaluable, Fact{"榜单成员不同，名次不可比", "the list's rows differ between the months"})}
	case verdict == NotEvaluable:
		return rankFinding{Finding: f.because(placeFact(moves)).unless(NotEvaluable, noError)}
	case verdict == Noise:
		return rankFinding{Finding: f.because(placeFact(moves)).unless(Noise, Fact{"名次变化在抽样误差内", "rank change within sampling error"})}
	}
	out := rankFinding{moved: clearest.places(), news: together(moves, func(r rankMove) []swap { return r.news })}
	out.named = named(out.news, f.Subject.App)
	if len(out.news) == 0 {
		out.named = named(together(moves, func(r rankMove) []swap { return r.sure }), f.Subject.App)
	}
	f.Z = clearest.sure[0].z
	if clearest.sure[0].under.App == f.Subject.App {
		f.Z = -f.Z
	}
	f.Was = Placed{clearest.base, clearest.was.Rank}
	f.Label = fmt.Sprintf("第%d位（%s 第%d位）", clearest.now.Rank, clearest.base, clearest.was.Rank)
	f.LabelEn = fmt.Sprintf("no. %d (no. %d in %s)", clearest.now.Rank, clearest.was.Rank, clearest.base)
	out.Finding = f.because(moveFact(moves)).because(pairFacts(out.named, f.Subject.App)...)
	if len(out.news) == 0 {
		out.Finding = out.unless(Suppressed, swappedIn(f.Month-1))
	}
	return out
}

// together are the swaps of several lags, each pair once and as in the
// clearest move that has it.
func together(moves []rankMove, of func(rankMove) []swap) (out []swap) {
	seen := map[pair]bool{}
	for _, r := range moves {
		for _, s := range of(r) {
			if !seen[s.pair()] && !seen[pair{s.under.App, s.over.App}] {
				seen[s.pair()], out = true, append(out, s)
			}
		}
	}
	return out
}

func swappedIn(m panel.Month) Fact {
	return Fact{fmt.Sprintf("%s 已互换，并非新变化", m), fmt.Sprintf("swapped already in %s", m)}
}

func (r rankMove) places() int { return int(math.Abs(float64(r.was.Rank - r.now.Rank))) }

// moveFact tells the clearest move, and the places in the other base months.
func moveFact(moves []rankMove) Fact {
	r := moves[0]
	zh, en := "升", "up"
	if r.now.Rank > r.was.Rank {
		zh, en = "降", "down"
	}
	otherZh, otherEn := basePlaces(moves[1:])
	return Fact{
		fmt.Sprintf("%s榜第%d位（%s 第%d位，%s%d位%s）", r.list, r.now.Rank, r.base, r.was.Rank, zh, r.places(), otherZh),
		fmt.Sprintf("no. %d of %s (no. %d in %s, %s %d%s)", r.now.Rank, r.list, r.was.Rank, r.base, en, r.places(), otherEn),
	}
}

// placeFact names place, base places and the apps swapped with, of a move
// that is not told.
func placeFact(moves []rankMove) Fact {
	r := moves[0]
	otherZh, otherEn := basePlaces(moves[1:])
	f := Fact{
		fmt.Sprintf("%s榜第%d位（%s 第%d位%s）", r.list, r.now.Rank, r.base, r.was.Rank, otherZh),
		fmt.Sprintf("no. %d of %s (no. %d in %s%s)", r.now.Rank, r.list, r.was.Rank, r.base, otherEn),
	}
	var with []string
	for _, s := range together(moves, func(r rankMove) []swap { return r.all }) {
		with = append(with, s.other(r.now.App).Name)
	}
	if len(with) > 0 {
		zh, en := names(with)
		realZh, realEn := mostReal(moves)
		f.Zh, f.En = f.Zh+"，与"+zh+"互换"+realZh, f.En+", swapped with "+en+realEn
	}
	return f
}

// mostReal says how likely the likeliest of an app's swaps is real.
func mostReal(moves []rankMove) (zh, en string) {
	most := math.Inf(-1)
	for _, r := range moves {
		for _, s := range testable(r.all) {
			most = max(most, s.real)
		}
	}
	if !(most >= 0) {
		return "", ""
	}
	return fmt.Sprintf("（属实概率至多 %s）", percent(most)), fmt.Sprintf(" (real with %s at most)", percent(most))
}

func basePlaces(moves []rankMove) (zh, en string) {
	for _, r := range moves {
		zh += fmt.Sprintf("，%s 第%d位", r.base, r.was.Rank)
		en += fmt.Sprintf(", no. %d in %s", r.was.Rank, r.base)
	}
	return zh, en
}

const mostNames = 8 // in one clause

// named are the pairs that pairFacts has room for, in each direction.
func named(sure []swap, app panel.AppID) (out []swap) {
	n := map[bool]int{}
	for _, s := range sure {
		if up := s.over.App == app; n[up] < mostNames {
			n[up]++
			out = append(out, s)
		}
	}
	return out
}

// pairFacts name the apps that were surely overtaken, or overtook.
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
	if n := len(all); n > mostNames {
		return fmt.Sprintf("%s等%d个", strings.Join(all[:mostNames], "、"), n),
			fmt.Sprintf("%s and %d more", strings.Join(all[:mostNames], ", "), n-mostNames)
	}
	return strings.Join(all, "、"), strings.Join(all, ", ")
}
