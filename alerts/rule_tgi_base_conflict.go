package alerts

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"panelwatch/etl/panel"
)

// TGI is 100 times the member's share of the app over its share of the base.
// An app's devices over its TGI are then the base's members, but for one
// factor: for two apps of one base they stand in one ratio in every member.
// Sampling error cancels; rounding does not.
var tgiBaseConflict = Rule{
	Name:  "tgi_base_conflict",
	Data:  true,
	Zh:    "两个应用的TGI不可能出自同一基准：设备数/TGI 之比在各成员间相差超过最小幅度；首次出现时及每年12月告知",
	En:    "The TGI of two apps cannot have one base: devices over TGI stand in ratios that differ between members by more than min_effect; told when new, and each December.",
	Lasts: saidAgain,
	Needs: func(p Params) []Need { return []Need{{Indicator: TGI, Dimension: p.Dimension, Months: tgiMonths}} },
	Check: func(h History, _ Knowledge, p Params) (out []Finding) {
		for _, whole := range h.whole() {
			if f, ok := judgeBase(h, whole, p); ok {
				out = append(out, f)
			}
		}
		return out
	},
}

// A factor is how many times an app's devices over TGI are those of another
// one in a member.
type factor struct {
	member string
	ratio  float64
}

// A conflict is the first app with which another one cannot share its base.
type conflict struct {
	other   Series
	factors []factor // of the members that both have, least first
}

func judgeBase(h History, whole Series, p Params) (f Finding, ok bool) {
	x, found := tgiConflict(h, whole, p)
	if !found || position(h, x.other.App) < position(h, whole.App) {
		return Finding{}, false // the other one tells of the pair
	}
	seg := panel.Segment{Dimension: p.Dimension}
	f = about("tgi_base_conflict", h.Month, Subject{App: whole.App, Other: x.other.App, Segment: seg}, p)
	f.Series = Series{App: whole.App, Name: whole.Name, Segment: seg}
	f = f.because(conflictFact(x))
	if told, before := conflictTold(h, whole, x.other, p); before && !dueAgain(h.Month, 12, told) {
		return f.lasting(toldIn(told)), true
	}
	return f, true
}

func position(h History, app panel.AppID) int {
	return slices.IndexFunc(h.Series, func(s Series) bool { return s.App == app })
}

// tgiConflict looks for the app whose ratios to this one differ most.
func tgiConflict(h History, whole Series, p Params) (worst conflict, found bool) {
	for _, other := range h.whole() {
		x := conflict{other, factors(h, whole, other, h.Month, p.Dimension)}
		if other.App != whole.App && x.spread() > p.MinEffect && (!found || x.spread() > worst.spread()) {
			worst, found = x, true
		}
	}
	return worst, found
}

// spread is how much the largest ratio exceeds the least: 0.73 for 73 %.
func (x conflict) spread() float64 {
	if len(x.factors) < 2 {
		return 0
	}
	return x.factors[len(x.factors)-1].ratio/x.factors[0].ratio - 1
}

// leastShare of an app's devices is what a member needs: the ratio of small,
// rounded numbers says nothing.
const leastShare = 0.01

// factors are the ratios of the members that both apps have in month m.
func factors(h History, a, b Series, m panel.Month, dimension string) (out []factor) {
	for _, s := range h.tgiOf(a.App, dimension) {
		mine, ok := baseOf(h, a.App, s.Segment, m)
		theirs, have := baseOf(h, b.App, s.Segment, m)
		if ok && have {
			out = append(out, factor{s.Segment.Member, theirs / mine})
		}
	}
	slices.SortStableFunc(out, func(a, b factor) int {
		return cmp.Or(cmp.Compare(a.ratio, b.ratio), cmp.Compare(a.member, b.member))
	})
	return out
}

// baseOf is an app's devices over its TGI in a member.
func baseOf(h History, app panel.AppID, seg panel.Segment, m panel.Month) (float64, bool) {
	whole, _ := h.Find(app, panel.All, MUD)
	level, _ := h.Find(app, seg, MUD)
	tgi, _ := h.Find(app, seg, TGI)
	all, haveAll := whole.at(m)
	d, haveLevel := level.at(m)
	t, haveTGI := tgi.at(m)
	return d.Value / t.Value, haveAll && haveLevel && haveTGI && t.Value > 0 && d.Value > 0 && d.Value >= leastShare*all.Value
}

// conflictTold finds the month of the last year that told the conflict of two
// apps: the first that has it, or the December after.
func conflictTold(h History, a, b Series, p Params) (told panel.Month, before bool) {
	for m := h.Month - 1; m > h.Month-tgiMonths; m-- {
		if (conflict{factors: factors(h, a, b, m, p.Dimension)}).spread() <= p.MinEffect {
			break
		}
		told, before = m, true
	}
	for m := told + 1; before && m < h.Month; m++ {
		if dueAgain(m, 12, told) {
			told = m
		}
	}
	return told, before
}

func conflictFact(x conflict) Fact {
	shown := x.factors
	if n := len(shown); n > mostNames {
		shown = []factor{shown[0], shown[n-1]}
	}
	var list []string
	for _, r := range shown {
		list = append(list, r.member+" "+panel.Decimal(r.ratio, 0, 3))
	}
	return Fact{
		fmt.Sprintf("与%s的TGI不可能同一基准：%s的设备数/TGI 为本应用的倍数应处处相同，实为 %s", x.other.Name, x.other.Name, strings.Join(list, "、")),
		fmt.Sprintf("its TGI and that of %s cannot have one base: devices over TGI of %s should be the same multiple in every member, but are %s", x.other.Name, x.other.Name, strings.Join(list, ", ")),
	}
}
