package sample

import (
	"math"
	"math/rand/v2"
	"strings"

	"panelwatch/etl/panel"
)

// Parts of the variance of a device's inclination to use an app in a month:
// how active it is with any app, how it leans to this one, and the month. The
// first two persist, so that most users of one month are users of the next.
const (
	activityPart = 0.07
	leaningPart  = 0.83
	monthPart    = 1 - activityPart - leaningPart
)

// A target is an app's usage that the panel reproduces in one month.
type target struct {
	id       panel.AppID
	devices  float64 // 台
	days     float64 // mean days of use of a user
	uses     float64 // a day of use
	minutes  float64 // a day of use
	province string  // of a local app; its users live there
}

// targetOf is the app's target in month m.
func (h *history) targetOf(a appShape, m panel.Month) target {
	devices, daily := h.devices[a.id], h.daily[a.id]
	app, _ := h.cat.App(a.id)
	province, _, _ := strings.Cut(app.Region, "-")
	return target{
		id: a.id, devices: devices.at(m) * wan, province: province,
		days: float64(m.Days()) * daily.at(m) / devices.at(m),
		uses: a.uses, minutes: a.minutes,
	}
}

// lifts are the logarithms of TGI/100 by which the vendor's profile of an app
// raises or lowers the odds of a device.
func (h *history) lifts(id panel.AppID) map[panel.Segment]float64 {
	out := map[panel.Segment]float64{}
	for _, p := range h.shares[id] {
		out[p.segment] = math.Log(h.tgi(p.segment, p.share.at(last)) / 100)
	}
	return out
}

// odds is the sum of a device's lifts; ok is false for a device that cannot
// use a local app because it is elsewhere.
func (t target) odds(d *device, home string, lifts map[panel.Segment]float64) (sum float64, ok bool) {
	if t.province != "" && t.province != home {
		return 0, false
	}
	for _, dimension := range dimensions {
		sum += lifts[panel.Segment{Dimension: dimension, Member: d.traits[dimension]}]
	}
	return sum, true
}

// dimensions in fixed order, so that sums are the same bit by bit.
var dimensions = []string{
	panel.Province, panel.City, panel.CityTier, panel.Gender, panel.AgeBand, panel.Marital, panel.Occupation,
}

// inclined says whether the device uses app i this month, given the
// probability that it does.
func (d *device) inclined(r *rand.Rand, i int, probability float64) bool {
	z := math.Sqrt(activityPart)*d.activity + math.Sqrt(leaningPart)*d.leaning[i] + math.Sqrt(monthPart)*r.NormFloat64()
	return normalCDF(-z) < probability
}

// dayWeights are the probabilities, up to a factor, of 1..n days of use: a
// truncated geometric distribution with the given mean.
func dayWeights(n int, mean float64) []float64 {
	weights := func(q float64) []float64 {
		w := make([]float64, n)
		for i := range w {
			w[i] = math.Exp(q * float64(i))
		}
		return w
	}
	q := bisect(func(q float64) float64 {
		var sum, days float64
		for i, v := range weights(q) {
			sum, days = sum+v, days+v*float64(i+1)
		}
		return days / sum
	}, mean, -10, 10)
	return weights(q)
}

// A session is the use of one app by one device on one day.
type session struct{ day, uses, seconds int }

// sessions draws the days of a month on which a device uses an app, in order,
// and what it does on them.
func (t target) sessions(r *rand.Rand, dayWeights []float64) []session {
	left := pick(r, dayWeights) + 1
	out := make([]session, 0, left)
	for day := range dayWeights {
		remaining := len(dayWeights) - day
		if r.Float64()*float64(remaining) < float64(left) {
			out = append(out, t.session(r, day+1))
			left--
		}
	}
	return out
}

// session draws geometric uses, at least one, and a time for each that varies
// by about a half.
func (t target) session(r *rand.Rand, day int) session {
	uses := 1 + int(math.Log(1-r.Float64())/math.Log(1-1/t.uses))
	perUse := 60 * t.minutes / t.uses * math.Exp(0.5*r.NormFloat64()-0.125)
	return session{day, uses, max(1, min(86_400, int(math.Round(float64(uses)*perUse))))}
}
