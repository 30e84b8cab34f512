package alerts

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"panelwatch/alerts/expect"
	"panelwatch/etl/panel"
)

// A month is known to be a peak when the next one is: what is judged with month
// m is month m-1.
var localPeak = Rule{
	Name: "local_peak",
	Zh:   "上月高于前后两月，且超出抽样误差：成员（如城市）合为一条告知",
	En:   "The month before stands above both its neighbours, beyond sampling error: the members, such as cities, are told together.",
	Check: func(h History, _ Knowledge, p Params) (out []Finding) {
		for _, whole := range h.whole() {
			if f, ok := judgePeaks(h, whole, p); ok {
				out = append(out, f)
			}
		}
		return out
	},
}

// A memberPeak is a member's level in the month of the peak, and how far it is
// above the higher of its neighbours.
type memberPeak struct {
	member Series
	level  expect.Point
	rise   float64
	sure   bool
}

func judgePeaks(h History, whole Series, p Params) (f Finding, ok bool) {
	m := h.Month - 1
	var all, sure []memberPeak
	complete := 0
	parts := h.membersOf(whole.App)
	for _, part := range parts {
		x, known := peakAt(part, m)
		if known {
			complete++
		}
		if known && x.rise > 0 && x.rise >= p.MinEffect {
			all = append(all, x)
			if x.sure {
				sure = append(sure, x)
			}
		}
	}
	if len(parts) == 0 || complete > 0 && len(all) == 0 {
		return Finding{}, false
	}
	dimension := panel.Segment{Dimension: p.Dimension}
	f = about("local_peak", h.Month, Subject{App: whole.App, Segment: dimension}, p)
	f.Series, f.Of = Series{App: whole.App, Name: whole.Name, Segment: dimension}, m
	switch {
	case complete == 0:
		return f.unless(NotEvaluable, lacking(parts[0].Breaks, m-1, h.Month, neighbourMissing(m))), true
	case len(sure) == 0:
		return f.because(peakFact(all, m)).unless(Noise, withinError), true
	}
	return f.because(peakFact(sure, m)), true
}

// peakAt compares month m with its two neighbours.
func peakAt(s Series, m panel.Month) (x memberPeak, known bool) {
	before, haveBefore := s.at(m - 1)
	now, have := s.at(m)
	after, haveAfter := s.at(m + 1)
	if !have || !haveBefore || !haveAfter || before.Value <= 0 || after.Value <= 0 {
		return memberPeak{}, false
	}
	rise := now.Value/math.Max(before.Value, after.Value) - 1
	return memberPeak{s, now, rise, differs(now, before) && differs(now, after)}, true
}

func peakFact(peaks []memberPeak, m panel.Month) Fact {
	slices.SortStableFunc(peaks, func(a, b memberPeak) int {
		return cmp.Or(cmp.Compare(b.level.Value, a.level.Value), cmp.Compare(a.member.Segment.Member, b.member.Segment.Member))
	})
	var zh, en []string
	for _, x := range peaks[:min(len(peaks), mostNames)] {
		name := x.member.Segment.Member
		zh = append(zh, fmt.Sprintf("%s %s（%s）", name, devicesZh(x.level.Value), signed(x.rise)))
		en = append(en, fmt.Sprintf("%s %s (%s)", name, devicesEn(x.level.Value), signed(x.rise)))
	}
	more, moreEn := "", ""
	if n := len(peaks) - mostNames; n > 0 {
		more, moreEn = fmt.Sprintf("等 %d 个", len(peaks)), fmt.Sprintf(" and %d more", n)
	}
	return Fact{
		fmt.Sprintf("本月数据确认 %s 小高峰：%s%s，括号内为较相邻两月中较高者高出的幅度", m, strings.Join(zh, "、"), more),
		fmt.Sprintf("this month confirms a local peak in %s: %s%s; in brackets the rise on the higher neighbour", m, strings.Join(en, ", "), moreEn),
	}
}

func neighbourMissing(m panel.Month) Fact {
	return Fact{
		fmt.Sprintf("%s 或其前后月缺数", m),
		fmt.Sprintf("%s or a neighbour has no value", m),
	}
}
