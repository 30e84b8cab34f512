package alerts

import (
	"fmt"
	"math"
	"slices"

	"panelwatch/alerts/expect"
	"panelwatch/etl/panel"
)

var unexpectedHigh = Rule{
	Name:  "unexpected_high",
	Zh:    "高于预期区间，超出最小幅度与抽样误差；持续偏离只在幅度翻倍时再次告知",
	En:    "Above the expected band, by more than the least effect and sampling error; what lasts is told again only when it has doubled.",
	Lasts: staysAway,
	Check: func(h History, k Knowledge, p Params) []Finding {
		return judgeUnexpected("unexpected_high", +1, h, k, p)
	},
}

var unexpectedLow = Rule{
	Name:  "unexpected_low",
	Zh:    "低于预期区间，超出最小幅度与抽样误差；持续偏离只在幅度翻倍时再次告知",
	En:    "Below the expected band, by more than the least effect and sampling error; what lasts is told again only when it has doubled.",
	Lasts: staysAway,
	Check: func(h History, k Knowledge, p Params) []Finding {
		return judgeUnexpected("unexpected_low", -1, h, k, p)
	},
}

// judgeUnexpected looks on one side (+1 or -1) of the band. What lies outside
// must also stand out from the month's batch: with many series some lie
// outside by chance (Benjamini and Hochberg, at the rate p.FDR).
func judgeUnexpected(rule string, side float64, h History, k Knowledge, p Params) (out []Finding) {
	limit, n := batchLimit(h, k, p.FDR)
	for _, s := range h.totals() {
		now, have := s.at(h.Month)
		if !have {
			now = expect.Point{Month: h.Month, Value: math.NaN(), SE: math.NaN()}
			out = append(out, aboutSeries(rule, s, now, p).unless(NotEvaluable, noValue))
			continue
		}
		f := aboutSeries(rule, s, now, p)
		fc, reason, ok := k.expects(s, h.Month)
		if !ok {
			out = append(out, f.unless(NotEvaluable, lacking(s.Breaks, 0, h.Month, noForecast(len(s.before(h.Month)), reason))))
			continue
		}
		f = f.expecting(fc)
		if !outside(now.Value, fc, side) || math.Abs(now.Value/fc.Expected-1) < p.MinEffect {
			continue
		}
		f = f.because(outsideFact(side))
		switch {
		case !beyondError(now, fc):
			f = f.unless(Noise, withinError)
		case fc.P(now.Value) > limit:
			f = f.unless(Noise, chance(n))
			f.Watch = fc.P(now.Value) < p.Watch
		case recovering(k, s, h.Month, side, p):
			f = f.unless(Suppressed, comingBack(side))
		default:
			if told, before := toldOutside(h, k, s, side, p); before {
				f = f.lasting(toldIn(told))
			}
		}
		out = append(out, f)
	}
	return out
}

// toldOutside finds the month that told the deviation which the judged month
// goes on with: a level that changed stays outside the band until the
// expectation has followed it. It has ended once a month is nearer than one
// standard deviation.
func toldOutside(h History, k Knowledge, s Series, side float64, p Params) (told panel.Month, before bool) {
	var past []reading
	for m := h.Month; m > h.Month-p.lookback(); m-- {
		now, have := s.at(m)
		fc, _, ok := k.expects(s, m)
		if !have || !ok || now.Value <= 0 {
			continue
		}
		r := reading{month: m, size: side * math.Log(now.Value/fc.Expected), over: side*fc.Z(now.Value) < 1}
		past = append(past, r)
		if r.over {
			break
		}
		then := h
		then.Month = m
		limit, _ := batchLimit(then, k, p.FDR)
		past[len(past)-1].sure = outside(now.Value, fc, side) && beyondError(now, fc) &&
			fc.P(now.Value) <= limit && math.Abs(now.Value/fc.Expected-1) >= p.MinEffect
	}
	slices.Reverse(past)
	return toldBefore(past, p.again())
}

// beyondError: a deviation within the month's own sampling error is none. An
// unknown error hides nothing.
func beyondError(now expect.Point, fc expect.Forecast) bool {
	return !(math.Abs(now.Value-fc.Expected) < z95*now.SE)
}

func outside(v float64, fc expect.Forecast, side float64) bool {
	if side > 0 {
		return v > fc.High
	}
	return v < fc.Low
}

// batchLimit is the largest p that counts over all series with a forecast,
// and their number.
func batchLimit(h History, k Knowledge, rate float64) (limit float64, n int) {
	var ps []float64
	for _, s := range h.totals() {
		now, have := s.at(h.Month)
		if fc, _, ok := k.expects(s, h.Month); ok && have && now.Value > 0 {
			ps = append(ps, fc.P(now.Value))
		}
	}
	return falseDiscoveryLimit(ps, rate), len(ps)
}

// falseDiscoveryLimit is the largest p(i) of n, ascending, with p(i) <= rate *
// i/n (Benjamini and Hochberg 1995); below zero when there is none. At rate 0
// every p counts.
func falseDiscoveryLimit(ps []float64, rate float64) float64 {
	if rate == 0 {
		return 1
	}
	limit := -1.0
	for i, p := range slices.Sorted(slices.Values(ps)) {
		if p <= rate*float64(i+1)/float64(len(ps)) {
			limit = p
		}
	}
	return limit
}

var noValue = Fact{"本月无数据", "no value this month"}

func chance(n int) Fact {
	return Fact{
		fmt.Sprintf("在 %d 个序列中属偶然波动范围", n),
		fmt.Sprintf("not beyond chance among %d series", n),
	}
}

func outsideFact(side float64) Fact {
	if side > 0 {
		return Fact{"高于预期区间", "above the expected band"}
	}
	return Fact{"低于预期区间", "below the expected band"}
}
