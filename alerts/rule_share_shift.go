package alerts

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"panelwatch/alerts/expect"
	"panelwatch/etl/panel"
)

// Who uses an app moves slowly and with the season: twelve months pooled are
// compared with the twelve before. What lasts is told when new, when doubled,
// and in December, as the balance of the year.
var shareShift = Rule{
	Name:  "share_shift",
	Zh:    "成员占比（近12个月合并）较前12个月的变化达到阈值（百分点），且超出抽样误差：首次达到、翻倍时及每年12月告知",
	En:    "The share of a member over twelve months moved by the limit (pp) against the twelve before, beyond sampling error: told when newly so, when doubled, and each December.",
	Lasts: saidOfSome,
	Check: func(h History, _ Knowledge, p Params) (out []Finding) {
		tests := 0
		for _, whole := range h.whole() {
			tests += len(h.membersOf(whole.App))
		}
		for _, whole := range h.whole() {
			if f, ok := judgeShares(h, whole, p, p.critical(tests)); ok {
				out = append(out, f)
			}
		}
		return out
	},
}

// A shareMove is the change of a member's share, as a ratio: 0.015 for 1.5 pp.
type shareMove struct {
	member Series
	change expect.Point
	share  float64 // of the newest twelve months
}

// judgeShares looks at all members of one app. The one that moved most speaks.
// That it moved at all must be beyond error; the limit is what is worth telling.
func judgeShares(h History, whole Series, p Params, z float64) (f Finding, ok bool) {
	var all, reached, sure []shareMove
	parts := h.membersOf(whole.App)
	for _, part := range parts {
		change, share, known := shareChangeAt(part, whole, h.Month)
		if !known {
			continue
		}
		x := shareMove{part, change, share}
		all = append(all, x)
		if math.Abs(change.Value) < p.Limit {
			continue
		}
		reached = append(reached, x)
		if beyond(z, change, 0, math.Copysign(1, change.Value)) {
			sure = append(sure, x)
		}
	}
	if len(parts) == 0 || len(all) > 0 && len(reached) == 0 {
		return Finding{}, false
	}
	if len(all) == 0 {
		return sharesMissing(h, whole, parts[0], p), true
	}
	byChange(reached)
	byChange(sure)
	if len(sure) == 0 {
		return reached[0].finding(whole, h.Month, p).because(shareFact(reached)).unless(Noise, withinError), true
	}
	f = sure[0].finding(whole, h.Month, p).because(shareFact(sure))
	if told, before := sharesTold(sure, whole, h.Month, p, z); before && !dueAgain(h.Month, 12, told) {
		return f.lasting(toldIn(told)), true
	}
	f.Label, f.Compared = "占比变化", comparedShares(parts, whole, h.Month, sure)
	return f, true
}

func sharesMissing(h History, whole, part Series, p Params) Finding {
	f := about("share_shift", h.Month, Subject{App: whole.App, Segment: panel.Segment{Dimension: part.Segment.Dimension}}, p)
	f.Series = Series{App: whole.App, Name: whole.Name}
	return f.unless(NotEvaluable, lacking(part.Breaks, h.Month-23, h.Month, tooShort(len(part.before(h.Month+1)))))
}

// finding has the published share of the month for its value: the pooled ones
// are computed here, and stand in the sentence.
func (x shareMove) finding(whole Series, m panel.Month, p Params) Finding {
	f := about("share_shift", m, Subject{App: x.member.App, Segment: x.member.Segment}, p)
	part, _ := x.member.at(m)
	all, _ := whole.at(m)
	f.Value, f.SE, f.Unit = part.Value/all.Value, part.SE*math.Sqrt(1-part.Value/all.Value)/all.Value, Ratio
	f.Series, f.Indicator, f.Z = x.member, Share, x.change.Value/x.change.SE
	return f
}

// sharesTold reports whether every member that surely moved was told before.
func sharesTold(sure []shareMove, whole Series, m panel.Month, p Params, z float64) (told panel.Month, before bool) {
	for _, x := range sure {
		side := math.Copysign(1, x.change.Value)
		var past []reading
		for _, pt := range x.member.before(m + 1) {
			if change, _, known := shareChangeAt(x.member, whole, pt.Month); known {
				r := reading{month: pt.Month, size: side * change.Value}
				r.sure = side*change.Value >= p.Limit && beyond(z, change, 0, side)
				r.over = surely(change, side*p.Limit, -side)
				past = append(past, r)
			}
		}
		month, ok := toldBefore(past, p.again())
		if !ok {
			return 0, false
		}
		told = max(told, month)
	}
	return told, true
}

// shareChangeAt is the member's share of the twelve months up to m, less that
// of the twelve before. The months of a year are taken to err together, those
// of two years apart, which claims too much error rather than too little.
func shareChangeAt(part, whole Series, m panel.Month) (change expect.Point, share float64, ok bool) {
	now, okNow := pooledShare(part, whole, m)
	base, okBase := pooledShare(part, whole, m-12)
	if !okNow || !okBase {
		return expect.Point{}, 0, false
	}
	return expect.Point{Month: m, Value: now.Value - base.Value, SE: math.Hypot(now.SE, base.SE)}, now.Value, true
}

// pooledShare is the member's devices over the app's, twelve months summed,
// with a standard error of se(part) sqrt(1 - share) a month: whole and part are
// of the same sample.
func pooledShare(part, whole Series, m panel.Month) (share expect.Point, ok bool) {
	var devices, of, se float64
	for t := m - 11; t <= m; t++ {
		a, haveA := part.at(t)
		b, haveB := whole.at(t)
		if !haveA || !haveB || b.Value <= 0 || a.Value > b.Value {
			return expect.Point{}, false
		}
		devices, of = devices+a.Value, of+b.Value
		se += a.SE * math.Sqrt(1-a.Value/b.Value)
	}
	return expect.Point{Month: m, Value: devices / of, SE: se / of}, true
}

// membersOf are the series of the members that the setting names, of one app.
func (h History) membersOf(app panel.AppID) (out []Series) {
	for _, s := range h.totals() {
		if s.App == app && s.Segment != panel.All && s.Segment.Member != panel.Unknown {
			out = append(out, s)
		}
	}
	return out
}

func byChange(moves []shareMove) {
	slices.SortStableFunc(moves, func(a, b shareMove) int {
		return cmp.Or(cmp.Compare(math.Abs(b.change.Value), math.Abs(a.change.Value)), cmp.Compare(a.member.Segment.Member, b.member.Segment.Member))
	})
}

func shareFact(moves []shareMove) Fact {
	x := moves[0]
	zh, en := signedPoints(x.change.Value)
	zhError, enError := plusMinus(x.change)
	f := Fact{
		fmt.Sprintf("近12个月占比 %s，较前12个月 %s%s", percent(x.share), zh, zhError),
		fmt.Sprintf("%s of the app over twelve months, %s%s on the twelve before", percent(x.share), en, enError),
	}
	for _, other := range moves[1:] {
		zh, en := signedPoints(other.change.Value)
		name := other.member.Segment.Member
		f.Zh, f.En = f.Zh+fmt.Sprintf("；%s %s", name, zh), f.En+fmt.Sprintf("; %s %s", name, en)
	}
	return f
}

// signedPoints writes a difference of two ratios in percentage points.
func signedPoints(difference float64) (zh, en string) {
	zh, en = points(100 * difference)
	if difference > 0 {
		return "+" + zh, "+" + en
	}
	return zh, en
}
