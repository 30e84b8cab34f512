package expect

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"

	"panelwatch/etl/panel"
)

// A scale is one on which effects add up: logarithms of counts, logits of
// shares.
type scale struct {
	to, from func(float64) float64
	// slope turns an error that is a part of the value into one on the scale.
	slope func(value float64) float64
}

var (
	logs = scale{
		to: math.Log, from: math.Exp,
		slope: func(float64) float64 { return 1 },
	}
	logits = scale{
		to:    func(p float64) float64 { return math.Log(p) - math.Log1p(-p) },
		from:  func(y float64) float64 { return 1 / (1 + math.Exp(-y)) },
		slope: func(p float64) float64 { return 1 / (1 - p) },
	}
)

func scaleOf(share bool) scale {
	if share {
		return logits
	}
	return logs
}

// usable are the points before Next that lie on the scale, ascending.
func (q Question) usable() []Point {
	to := scaleOf(q.Share).to
	var past []Point
	for _, p := range q.Past {
		if y := to(p.Value); p.Month < q.Next && !math.IsNaN(y) && !math.IsInf(y, 0) {
			past = append(past, p)
		}
	}
	slices.SortStableFunc(past, func(a, b Point) int { return int(a.Month - b.Month) })
	return slices.CompactFunc(past, func(a, b Point) bool { return a.Month == b.Month })
}

// errors are the sampling errors of the points and of Next on the scale. Where
// one is unknown the newest known stands for it, and none is 0.
func (q Question) errors(past []Point) []float64 {
	slope, newest := scaleOf(q.Share).slope, math.NaN()
	out := make([]float64, len(past)+1)
	for i, p := range past {
		out[i] = p.SE / p.Value * slope(p.Value)
		if known(out[i]) {
			newest = out[i]
		}
	}
	out[len(past)] = q.NextSE
	if len(past) > 0 {
		out[len(past)] *= slope(past[len(past)-1].Value)
	}
	for i, c := range out {
		switch {
		case known(c):
		case known(newest):
			out[i] = newest
		default:
			out[i] = 0
		}
	}
	return out
}

func known(c float64) bool { return c >= 0 && !math.IsInf(c, 1) }

func monthsOf(past []Point, next panel.Month) []panel.Month {
	out := make([]panel.Month, 0, len(past)+1)
	for _, p := range past {
		out = append(out, p.Month)
	}
	return append(out, next)
}

// median of x, which stays as it is; NaN when there is none.
func median(x []float64) float64 {
	if len(x) == 0 {
		return math.NaN()
	}
	s := slices.Clone(x)
	slices.Sort(s)
	return (s[(len(s)-1)/2] + s[len(s)/2]) / 2
}

func dot(a, b []float64) float64 { return floats.Dot(a, b) }

// addTo adds a times x to y.
func addTo(y []float64, a float64, x []float64) { floats.AddScaled(y, a, x) }
