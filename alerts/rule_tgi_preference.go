package alerts

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"panelwatch/alerts/expect"
	"panelwatch/etl/panel"
)

// A preference is what the table of TGI says: 100 is the average. A text that
// speaks of a preference where the table has less than 100 is not believed.
var tgiPreference = Rule{
	Name:  "tgi_preference",
	Zh:    "成员的TGI新达到阈值（有抽样误差时须超出误差）：同一应用合为一条告知，TGI基准冲突时不告知",
	En:    "The TGI of members newly reaches the limit, beyond sampling error where there is one: told together for an app, and not where bases of TGI conflict.",
	Lasts: saidAgain,
	Needs: func(p Params) []Need { return []Need{{Indicator: TGI, Dimension: p.Dimension, Months: tgiMonths}} },
	Check: func(h History, _ Knowledge, p Params) (out []Finding) {
		for _, whole := range h.whole() {
			if f, ok := judgePreference(h, whole, p); ok {
				out = append(out, f)
			}
		}
		return out
	},
}

// tgiMonths are the judged month and the year in which a TGI may have been told.
const tgiMonths = 13

// A preferred member with its TGI now; was is the month that told it.
type preferred struct {
	member Series
	now    expect.Point
	sure   bool
	told   bool
}

func judgePreference(h History, whole Series, p Params) (f Finding, ok bool) {
	var all []preferred
	for _, s := range h.tgiOf(whole.App, p.Dimension) {
		now, have := s.at(h.Month)
		if !have || now.Value < 100*p.Limit {
			continue
		}
		x := preferred{member: s, now: now, sure: surely(now, 100*p.Limit, +1)}
		x.told = preferenceTold(s, h.Month, p)
		all = append(all, x)
	}
	fresh := slices.DeleteFunc(slices.Clone(all), func(x preferred) bool { return !x.sure || x.told })
	if len(all) == 0 {
		return Finding{}, false
	}
	seg := panel.Segment{Dimension: p.Dimension}
	f = about("tgi_preference", h.Month, Subject{App: whole.App, Segment: seg}, p)
	f.Series = Series{App: whole.App, Name: whole.Name, Segment: seg}
	_, conflict := tgiConflict(h, whole, p)
	unsure := slices.DeleteFunc(slices.Clone(all), func(x preferred) bool { return x.sure })
	switch {
	case conflict:
		return f.because(preferenceFact(all, p)).unless(Suppressed, basesConflict), true
	case len(fresh) > 0:
		f.Compared = comparedTGI(h.tgiOf(whole.App, p.Dimension), h.Month, p.Limit, fresh)
		return f.because(preferenceFact(fresh, p)), true
	case len(unsure) > 0:
		return f.because(preferenceFact(unsure, p)).unless(Noise, withinError), true
	}
	return f.because(preferenceFact(all, p)).lasting(knownBefore), true
}

// tgiOf are the TGI of an app's members, the unknown left out.
func (h History) tgiOf(app panel.AppID, dimension string) (out []Series) {
	for _, s := range h.Series {
		if s.App == app && s.Indicator == TGI && s.Segment.Dimension == dimension && s.Segment.Member != panel.Unknown {
			out = append(out, s)
		}
	}
	return out
}

// preferenceTold reports whether a TGI was at the limit in the months before:
// it has to fall by a twentieth below to be news again.
func preferenceTold(s Series, m panel.Month, p Params) bool {
	told := false
	for _, pt := range since(s.before(m), m-tgiMonths+1) {
		switch {
		case surely(pt, 100*p.Limit, +1):
			told = true
		case pt.Value < 95*p.Limit:
			told = false
		}
	}
	return told
}

func preferenceFact(all []preferred, p Params) Fact {
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b preferred) int {
		return cmp.Or(cmp.Compare(b.now.Value, a.now.Value), cmp.Compare(a.member.Segment.Member, b.member.Segment.Member))
	})
	var list []string
	for _, x := range all[:min(len(all), mostNames)] {
		list = append(list, x.member.Segment.Member+" "+Format(x.now.Value, Index, false))
	}
	limit := Format(100*p.Limit, Index, false)
	more, moreEn := "", ""
	if n := len(all) - mostNames; n > 0 {
		more, moreEn = fmt.Sprintf("等 %d 个", len(all)), fmt.Sprintf(" and %d more", n)
	}
	return Fact{
		fmt.Sprintf("使用偏好（TGI 不低于 %s）：%s%s", limit, strings.Join(list, "、"), more),
		fmt.Sprintf("preference (TGI of %s or more): %s%s", limit, strings.Join(list, ", "), moreEn),
	}
}

var knownBefore = Fact{"此前已告知", "told before"}

var basesConflict = Fact{"TGI基准冲突，暂不比较", "bases of TGI conflict"}
