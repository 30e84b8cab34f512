package expect

import (
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/mat"

	"panelwatch/etl/panel"
)

// An Input is a series with the month to come.
type Input struct {
	Past    []Point
	Next    panel.Month
	Profile string
}

// Pool learns the priors of each profile from its series.
func (s Structural) Pool(inputs []Input) Structural {
	fits := map[string][]*fitted{}
	for _, in := range inputs {
		fits[in.Profile] = append(fits[in.Profile], s.fitted(in.Past, in.Next, in.Profile))
	}
	out := s
	out.Priors = map[string]Prior{}
	for profile, of := range fits {
		out.Priors[profile] = pooled(of)
	}
	return out
}

const (
	worth = 4.0 // series that the prior of independent months counts for
)

func pooled(of []*fitted) Prior {
	p := Prior{Season: mat.NewSymDense(12, nil)}
	for i := range p.Mean {
		var logs []float64
		for _, f := range of {
			logs = append(logs, f.logs[i])
		}
		p.Mean[i] = median(logs)
		for j := range logs {
			logs[j] -= p.Mean[i]
		}
		p.SD[i] = math.Min(1, math.Max(0.25, 1.4826*median(absolutes(logs))))
	}
	n := float64(len(of))
	var scales float64
	for _, f := range of {
		c, m := f.season()
		for a := range 12 {
			for b := range a + 1 {
				p.Season.SetSym(a, b, p.Season.At(a, b)+c[a][b]+m[a]*m[b])
			}
		}
	}
	for a := range 12 {
		scales += p.Season.At(a, a) / 12
	}
	for a := range 12 {
		for b := range a + 1 {
			v := p.Season.At(a, b) * n / scales
			if a == b {
				v += worth
			}
			p.Season.SetSym(a, b, v/(n+worth))
		}
	}
	p.slopes(of)
	p.Holiday = map[[2]string]float64{}
	counts := map[[2]string]float64{}
	for _, f := range of {
		f.addHolidays(p.Holiday, 1)
		for _, a := range f.history.names {
			for _, b := range f.history.names {
				counts[[2]string{a, b}]++
			}
		}
	}
	for k, c := range counts {
		p.Holiday[k] /= c + worth
		if k[0] == k[1] {
			sd := holidaySD / 3
			if k[0][0] == '~' {
				sd = unusualSD
			}
			p.Holiday[k] += sd * sd * worth / (c + worth)
		}
	}
	return p
}

// slopes pools the slopes: their mean, and their variance with what is
// uncertain of each.
func (p *Prior) slopes(of []*fitted) {
	var sum, n float64
	var means, vars []float64
	for _, f := range of {
		w, ok := f.whiten(f.logs[:])
		if !ok {
			continue
		}
		k := make([]float64, len(f.history.y))
		v := f.prior.SlopeSD * f.prior.SlopeSD
		for j := range k {
			k[j] = v * float64(f.history.month[j]-f.history.month[0])
		}
		alpha := append([]float64(nil), w.e...)
		blas64.Trsv(blas.Trans, w.l, blas64.Vector{N: len(k), Inc: 1, Data: alpha})
		u := w.solve(k)
		m := f.history.slope + dot(k, alpha)
		means, vars = append(means, m), append(vars, v-dot(u, u))
		sum, n = sum+m, n+1
	}
	p.Slope = sum / (n + worth)
	v := worth * slopeSD * slopeSD
	for i, m := range means {
		v += (m-p.Slope)*(m-p.Slope) + vars[i]
	}
	p.SlopeSD = math.Sqrt(v / (n + worth))
}

// addHolidays adds the second moments of the effects of the windows.
func (f *fitted) addHolidays(into map[[2]string]float64, weight float64) {
	w, ok := f.whiten(f.logs[:])
	if !ok {
		return
	}
	n := len(f.history.y)
	alpha := append([]float64(nil), w.e...)
	blas64.Trsv(blas.Trans, w.l, blas64.Vector{N: n, Inc: 1, Data: alpha})
	names := f.history.names
	mean, u := make([]float64, len(names)), make([][]float64, len(names))
	unit := func(a int) []float64 {
		x := make([]float64, len(names))
		x[a] = 1
		return x
	}
	for a := range names {
		k := make([]float64, n)
		for j := range n {
			k[j] = f.prior.holidays(names, unit(a), f.history.x[j])
		}
		mean[a], u[a] = dot(k, alpha), w.solve(k)
	}
	for a := range names {
		for b := range names {
			into[[2]string{names[a], names[b]}] += weight * (mean[a]*mean[b] + f.prior.holidays(names, unit(a), unit(b)) - dot(u[a], u[b]))
		}
	}
}

// season is the posterior of the twelve calendar months.
func (f *fitted) season() (cov [12][12]float64, mean [12]float64) {
	w, ok := f.whiten(f.logs[:])
	if !ok {
		return
	}
	h := hyper(f.logs[:])
	n := len(f.history.y)
	alpha := append([]float64(nil), w.e...)
	blas64.Trsv(blas.Trans, w.l, blas64.Vector{N: n, Inc: 1, Data: alpha})
	var u [12][]float64
	for a := range 12 {
		k := make([]float64, n)
		for j := range n {
			k[j] = h.Season * h.Season * seasonOf(f.prior, a, int(f.history.month[j]%12))
		}
		mean[a] = dot(k, alpha)
		u[a] = w.solve(k)
	}
	for a := range 12 {
		for b := range 12 {
			cov[a][b] = h.Season*h.Season*seasonOf(f.prior, a, b) - dot(u[a], u[b])
		}
	}
	return cov, mean
}
