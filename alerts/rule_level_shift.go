package alerts

import (
	"fmt"
	"math"
	"slices"

	"panelwatch/alerts/calendar"
	"panelwatch/alerts/expect"
	"panelwatch/etl/panel"
)

// One odd month may be a peak or a fault. When the next one stands as far from
// what was expected before either, the level has changed: that is told once,
// in place of a second deviation.
var levelShift = Rule{
	Name:  "level_shift",
	Zh:    "连续两个月在同一侧偏离变动前的预期，幅度相近且超出抽样误差：水平已变；告知一次，幅度翻倍时再次告知",
	En:    "Two months in a row lie on one side of what was expected before them, about as far and beyond sampling error: the level has changed; told once, and again when the shift has doubled.",
	Lasts: staysAway,
	Check: func(h History, k Knowledge, p Params) (out []Finding) {
		for _, s := range h.totals() {
			if f, ok := judgeShift(h, s, k, p); ok {
				out = append(out, f)
			}
		}
		return out
	},
}

// A shift is two months and how far each lies from the forecast that the
// months before both of them carry.
type shift struct {
	now         expect.Point
	first, then float64 // log deviations of the month before, and of the month
	forecast    expect.Forecast
}

func (s shift) side() float64 { return math.Copysign(1, s.then) }

// inSeason reports whether a month or the one before it lies in a filing
// season: the height of a season is no level, and is told as a season.
func inSeason(s Series, m panel.Month, c *calendar.Calendar) bool {
	for t := m - 1; t <= m; t++ {
		if _, filing := mainWindow(c.Windows(s.Profile, t), calendar.Filing); filing {
			return true
		}
	}
	return false
}

func judgeShift(h History, s Series, k Knowledge, p Params) (f Finding, ok bool) {
	if inSeason(s, h.Month, k.Calendar) {
		return Finding{}, false
	}
	x, found := shiftOf(h, s, h.Month, k, p)
	if !found {
		return Finding{}, false
	}
	f = aboutSeries("level_shift", s, x.now, p).expecting(x.forecast).because(x.fact())
	if !beyondError(x.now, x.forecast) {
		return f.unless(Noise, withinError), true
	}
	if told, before := shiftTold(h, s, k, p, x.side()); before {
		return f.lasting(toldIn(told)), true
	}
	f.Label = "水平变化"
	return f, true
}

// shiftOf needs the month before m to be a deviation that counts in its batch,
// and m to be outside the band of the same history. A return of more than half
// of the way is no shift.
func shiftOf(h History, s Series, m panel.Month, k Knowledge, p Params) (x shift, found bool) {
	now, have := s.at(m)
	before, haveBefore := s.at(m - 1)
	if !have || !haveBefore || now.Value <= 0 || before.Value <= 0 {
		return shift{}, false
	}
	first, _, can := k.expects(s, m-1)
	if !can || first.Low <= before.Value && before.Value <= first.High {
		return shift{}, false // so that the second forecast is asked for few
	}
	then, _, can := k.foretold(s, m-1, m)
	if !can {
		return shift{}, false
	}
	x = shift{now, math.Log(before.Value / first.Expected), math.Log(now.Value / then.Expected), then}
	side := x.side()
	sure := outside(before.Value, first, side) && beyondError(before, first) && math.Abs(math.Expm1(x.first)) >= p.MinEffect
	stays := outside(now.Value, then, side) && side*x.then >= side*x.first/2 && math.Abs(math.Expm1(x.then)) >= p.MinEffect
	if !sure || !stays || now.Month > h.Month {
		return shift{}, false
	}
	h.Month = m - 1
	limit, _ := batchLimit(h, k, p.FDR)
	return x, first.P(before.Value) <= limit
}

// shiftTold finds the month that told the shift which the judged month goes on
// with. It is over once a month is nearer than one standard deviation to its
// forecast: the expectation has followed, or the level has come back.
func shiftTold(h History, s Series, k Knowledge, p Params, side float64) (told panel.Month, before bool) {
	var past []reading
	for m := h.Month; m > h.Month-p.lookback(); m-- {
		if inSeason(s, m, k.Calendar) {
			continue
		}
		now, have := s.at(m)
		fc, _, can := k.expects(s, m)
		if !have || !can || now.Value <= 0 {
			break
		}
		x, shifted := shiftOf(h, s, m, k, p)
		if !shifted && side*fc.Z(now.Value) < 1 {
			break
		}
		sure := shifted && x.side() == side && beyondError(x.now, x.forecast)
		past = append(past, reading{month: m, size: math.Abs(x.then), sure: sure})
	}
	slices.Reverse(past)
	return toldBefore(past, p.again())
}

func (x shift) fact() Fact {
	zh, en := "上移", "up"
	if x.then < 0 {
		zh, en = "下移", "down"
	}
	m := x.now.Month
	a, b := signed(math.Expm1(x.first)), signed(math.Expm1(x.then))
	return Fact{
		fmt.Sprintf("水平%s：较变动前的预期 %s %s、%s %s", zh, m-1, a, m, b),
		fmt.Sprintf("the level moved %s: %s in %s and %s in %s against what was expected before", en, a, m-1, b, m),
	}
}

// withoutShifted leaves the deviations of a cell whose level has shifted to the
// shift, told now or before: they are the same news.
func withoutShifted(found []Finding) []Finding {
	sides := map[panel.Key]string{}
	for _, f := range found {
		if f.Rule == levelShift.Name && (f.Verdict == Fired || f.Verdict == Suppressed) {
			sides[f.key()] = unexpectedHigh.Name
			if f.Z < 0 {
				sides[f.key()] = unexpectedLow.Name
			}
		}
	}
	out := slices.Clone(found)
	for i, f := range out {
		if f.told() && f.Rule == sides[f.key()] {
			out[i] = f.lasting(toldAsShift)
		}
	}
	return out
}

var toldAsShift = Fact{"属已告知的水平变化", "part of a level shift"}
