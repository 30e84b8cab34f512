package indicator

import (
	"fmt"
	"math"
	"time"

	"panelwatch/etl/panel"
)

// years are the numbers of a whole year, computed when it closes: 年均值, its
// change against the three years before, and 序列相关.
func (c computation) years(app panel.AppID) (rows []Row) {
	now, ok := c.now.devices(app, panel.All)
	if !ok || c.month.OfYear() != time.December {
		return nil
	}
	rows = append(rows,
		c.over("annual_mean", now, 12, mean),
		c.over("annual_mean_change", now, 48, meanChange))
	for _, p := range c.settings.Correlations {
		if p.App == app {
			rows = append(rows, c.correlation(p, now))
		}
	}
	return rows
}

// over applies f to the months that end with this one, the newest first; NULL
// with their number where not all are there.
func (c computation) over(name string, now Quantity, months int, f formula) Row {
	in, why := c.run(now.Key, months)
	if why != nil {
		return null(name, now.Key.App, now.Key.Segment, now.Basis, why...)
	}
	r, ok := apply(f, in...)
	if !ok {
		return null(name, now.Key.App, now.Key.Segment, now.Basis, NoBase)
	}
	return row(name, now.Key, r, now.N, c.mixed(in)...)
}

// run is the series of a key over the months that end with this one.
func (c computation) run(k panel.Key, months int) (in []Quantity, why []Flag) {
	for m := c.month; m > c.month-panel.Month(months); m-- {
		d, ok := c.history[m].devices(k.App, k.Segment)
		if !ok {
			continue
		}
		if why := c.against(c.history[m], k.Segment); why != nil {
			return nil, why
		}
		in = append(in, d)
	}
	if len(in) < months {
		return nil, []Flag{ShortHistory, Flag(fmt.Sprintf("months_%d", len(in)))}
	}
	return in, nil
}

func (c computation) mixed(in []Quantity) []Flag {
	for _, q := range in {
		if q.Basis != in[0].Basis {
			return []Flag{BasisChanged}
		}
	}
	return nil
}

func mean(x []float64) (float64, bool) {
	var sum float64
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x)), true
}

// meanChange is the mean of the first twelve against that of the others.
func meanChange(x []float64) (float64, bool) {
	now, _ := mean(x[:12])
	before, _ := mean(x[12:])
	if before <= 0 {
		return 0, false
	}
	return now/before - 1, true
}

func (c computation) correlation(p Correlation, app Quantity) Row {
	seg := panel.Segment{Dimension: panel.City, Member: p.A + "~" + p.B}
	var in []Quantity
	for _, city := range []string{p.A, p.B} {
		series, why := c.run(panel.Key{App: p.App, Segment: panel.Segment{Dimension: panel.City, Member: city}}, 12)
		if why != nil {
			return null("series_correlation", p.App, seg, app.Basis, why...)
		}
		in = append(in, series...)
	}
	r, ok := apply(pearson, in...)
	if !ok {
		return null("series_correlation", p.App, seg, app.Basis, Constant)
	}
	n := in[0].N
	for _, q := range in {
		n = min(n, q.N)
	}
	return row("series_correlation", panel.Key{App: p.App, Segment: seg}, r, n, c.mixed(in)...)
}

// pearson correlates the first half of x with the second; undefined where one
// of them does not move.
func pearson(x []float64) (float64, bool) {
	a, b := x[:len(x)/2], x[len(x)/2:]
	meanA, _ := mean(a)
	meanB, _ := mean(b)
	var ab, aa, bb float64
	for i := range a {
		ab += (a[i] - meanA) * (b[i] - meanB)
		aa += (a[i] - meanA) * (a[i] - meanA)
		bb += (b[i] - meanB) * (b[i] - meanB)
	}
	if aa == 0 || bb == 0 {
		return 0, false
	}
	return max(-1, min(1, ab/math.Sqrt(aa*bb))), true
}
