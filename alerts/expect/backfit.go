package expect

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"panelwatch/etl/panel"
)

// observations are a history on the log scale together with the month to come.
type observations struct {
	month []panel.Month
	y     []float64
	x     [][]float64 // exposure of each window, by observation
	next  panel.Month
	xNext []float64
}

// logParts are the parts of a prediction, as logarithms.
type logParts struct{ level, trend, season, holiday float64 }

const (
	rounds     = 4   // of backfitting; the parts no longer move after three
	priorSD    = 0.3 // of a holiday effect, on the log scale
	halfLife   = 4.0 // months after which a month counts half for the level
	trendPrior = 3.0 // yearly changes that the prior "no trend" is worth
)

func (s SameMonth) observe(past []Point, next panel.Month, profile string) observations {
	exposures := make([]map[string]float64, len(past)+1)
	windows := map[string]bool{}
	for i := range exposures {
		m := next
		if i < len(past) {
			m = past[i].Month
		}
		if s.Calendar != nil {
			exposures[i] = s.Calendar.Exposure(profile, m)
		}
		for name := range exposures[i] {
			windows[name] = true
		}
	}
	names := slices.Sorted(maps.Keys(windows))
	o := observations{next: next, xNext: row(exposures[len(past)], names)}
	for i, p := range past {
		o.month = append(o.month, p.Month)
		o.y = append(o.y, math.Log(p.Value))
		o.x = append(o.x, row(exposures[i], names))
	}
	return o
}

func row(exposure map[string]float64, names []string) []float64 {
	out := make([]float64, len(names))
	for k, name := range names {
		out[k] = exposure[name]
	}
	return out
}

// until is what was known before observation i, with its month to come.
func (o observations) until(i int) observations {
	return observations{month: o.month[:i], y: o.y[:i], x: o.x[:i], next: o.month[i], xNext: o.x[i]}
}

// stepErrors are the errors of the predictions that the model would have made
// of the latest months, each from the months before it.
func (o observations) stepErrors() []float64 {
	var errs []float64
	for i := 12; i < len(o.y); i++ {
		past := o.until(i)
		if o.next-past.next > errorMonths || past.next-past.month[i-1] > 12 || !past.knowsSeason() {
			continue
		}
		p := past.predict()
		errs = append(errs, o.y[i]-(p.level+p.trend+p.season+p.holiday))
	}
	return errs
}

func (o observations) knowsSeason() bool {
	return slices.ContainsFunc(o.month, func(m panel.Month) bool { return m.OfYear() == o.next.OfYear() })
}

// predict takes the history apart by turns until the parts agree: level given
// season and holidays, season given level and holidays, holidays given both.
func (o observations) predict() logParts {
	x, xNext := o.moving()
	growth := o.yearlyGrowth() / 12
	u := make([]float64, len(o.y)) // y carried to the month to come by the trend
	for i, y := range o.y {
		u[i] = y + growth*float64(o.next-o.month[i])
	}
	season, beta := [12]float64{}, make([]float64, len(xNext))
	known := make([]float64, len(u)) // season and holiday part of each month
	for range rounds {
		level := o.levels(minus(u, known))
		season = o.seasons(u, level, x, beta)
		rest := make([]float64, len(u))
		for i := range u {
			rest[i] = u[i] - level[i] - season[o.month[i]%12]
		}
		ridge(beta, x, rest)
		for i := range u {
			known[i] = season[o.month[i]%12] + dot(beta, x[i])
		}
	}
	level := o.newestLevel(minus(o.y, known))
	return logParts{
		level: level, trend: o.newestLevel(minus(u, known)) - level,
		season: season[o.next%12], holiday: dot(beta, xNext),
	}
}

// moving takes from each exposure its mean over the years of the same
// calendar month: the fixed part of a holiday is season.
func (o observations) moving() (x [][]float64, xNext []float64) {
	sum, n := [12][]float64{}, [12]float64{}
	for i, m := range o.month {
		if sum[m%12] == nil {
			sum[m%12] = make([]float64, len(o.xNext))
		}
		n[m%12]++
		for k, e := range o.x[i] {
			sum[m%12][k] += e
		}
	}
	centre := func(m panel.Month, row []float64) []float64 {
		out := slices.Clone(row)
		for k := range out {
			out[k] -= sum[m%12][k] / n[m%12]
		}
		return out
	}
	for i, m := range o.month {
		x = append(x, centre(m, o.x[i]))
	}
	return x, centre(o.next, o.xNext)
}

// yearlyGrowth is the median change over twelve months of the last two years.
func (o observations) yearlyGrowth() float64 {
	at := map[panel.Month]float64{}
	for i, m := range o.month {
		at[m] = o.y[i]
	}
	var changes []float64
	for i, m := range o.month {
		if base, ok := at[m-12]; ok && o.next-m <= 24 {
			changes = append(changes, o.y[i]-base)
		}
	}
	if len(changes) == 0 {
		return 0
	}
	n := float64(len(changes))
	return median(changes) * n / (n + trendPrior)
}

// levels is the level around each month: the median of the twelve months that
// hold it, moved inwards at the ends.
func (o observations) levels(adjusted []float64) []float64 {
	first, last := o.month[0], o.month[len(o.month)-1]
	out := make([]float64, len(o.month))
	for i, m := range o.month {
		from := max(first, min(m-6, last-11))
		lo, _ := slices.BinarySearch(o.month, from)
		hi, _ := slices.BinarySearch(o.month, from+12)
		out[i] = median(adjusted[lo:hi])
	}
	return out
}

// seasons is the median deviation of each calendar month, with the ordinary
// month (the median of the twelve) as zero.
func (o observations) seasons(u, level []float64, x [][]float64, beta []float64) (season [12]float64) {
	var of [12][]float64
	for i, m := range o.month {
		of[m%12] = append(of[m%12], u[i]-level[i]-dot(beta, x[i]))
	}
	var known []float64
	for c := range of {
		if len(of[c]) > 0 {
			season[c] = median(of[c])
			known = append(known, season[c])
		}
	}
	ordinary := median(known)
	for c := range of {
		if len(of[c]) > 0 {
			season[c] -= ordinary
		}
	}
	return season
}

// newestLevel is the weighted median of the last twelve months.
func (o observations) newestLevel(adjusted []float64) float64 {
	type weighted struct{ v, w float64 }
	var last []weighted
	var total float64
	for i, m := range o.month {
		if age := float64(o.next - m); age <= 12 {
			w := math.Exp2(-age / halfLife)
			last, total = append(last, weighted{adjusted[i], w}), total+w
		}
	}
	slices.SortFunc(last, func(a, b weighted) int { return cmp.Compare(a.v, b.v) })
	var sum float64
	for _, p := range last {
		if sum += p.w; sum >= total/2 {
			return p.v
		}
	}
	return math.NaN()
}

// ridge improves beta by one round of coordinate descent on rest = x*beta +
// noise, under a normal prior. Residuals beyond three deviations are clipped.
func ridge(beta []float64, x [][]float64, rest []float64) {
	residual := make([]float64, len(rest))
	for i := range rest {
		residual[i] = rest[i] - dot(beta, x[i])
	}
	s := max(floorSD, 1.4826*median(absolutes(residual)))
	for k := range beta {
		xx, xr := s*s/(priorSD*priorSD), 0.0
		for i := range rest {
			r := max(-3*s, min(3*s, rest[i]-dot(beta, x[i])))
			xx += x[i][k] * x[i][k]
			xr += x[i][k] * (r + beta[k]*x[i][k])
		}
		beta[k] = xr / xx
	}
}

func minus(a, b []float64) []float64 {
	out := make([]float64, len(a))
	for i := range a {
		out[i] = a[i] - b[i]
	}
	return out
}

func dot(a, b []float64) (sum float64) {
	for k := range a {
		sum += a[k] * b[k]
	}
	return sum
}
