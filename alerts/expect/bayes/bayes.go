package bayes

import (
	"maps"
	"math"
	"slices"
	"time"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack/lapack64"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"

	"panelwatch/alerts/calendar"
	"panelwatch/etl/panel"
)

const H = 6

const (
	irregular = iota
	level
	season
	drift
	peakYear
	windowYear
)

// Prior of a profile.
type Prior struct {
	Mean, SD   [H]float64
	Names      []string // of effects: 12 months, then windows
	Mu         []float64
	Cov        *mat.SymDense
	Slope, SSD float64
}

// Knobs.
var (
	Draws     = 64
	ShiftP    = 0.3
	ShiftSD   = 0.24
	SlopeWalk = 0.001
	Worth     = 4.0
	MinSD     = 0.1
	OwnPeaks  = true
	EMDraws   = 24
)

var (
	Ratio = false
	Phi   = 0.0
)

func defaultMean() [H]float64 {
	m := DefaultMean
	if Ratio {
		m[level] = -0.7
	}
	return m
}

var DefaultMean = [H]float64{-3.5, -4, -2, -5, -2.5, -2.5}
var DefaultSD = [H]float64{1, 1.2, 1, 1, 0.5, 0.5}

const (
	levelSD, slopeSD, holidaySD, unusualSD = 5, 0.02, 0.3, 1.5
)

type Series struct {
	Month   []panel.Month // with the month to come
	Y       []float64     // logs of the history
	C2      []float64
	Profile string
}

type Model struct {
	Calendar *calendar.Calendar
	Unusual  func(panel.Month) bool
	Priors   map[string]Prior
}

func (m Model) row(profile string, month panel.Month) map[string]float64 {
	out := map[string]float64{}
	if m.Calendar != nil {
		for k, v := range m.Calendar.Exposure(profile, month) {
			out[k] = v
		}
	}
	if m.Unusual != nil && m.Unusual(month) {
		out["~"+month.String()] = 1
	}
	return out
}

func (m Model) fresh(profile string, all []Series) Prior {
	names := map[string]bool{}
	for _, s := range all {
		for _, month := range s.Month {
			for k := range m.row(profile, month) {
				names[k] = true
			}
		}
	}
	p := Prior{Mean: defaultMean(), SD: DefaultSD, SSD: slopeSD}
	for k := range names {
		if DropFixed && k[0] != '~' && m.fixed(profile, k) {
			delete(names, k)
		}
	}
	p.Names = append(make([]string, 12), slices.Sorted(maps.Keys(names))...)
	d := len(p.Names)
	p.Mu, p.Cov = make([]float64, d), mat.NewSymDense(d, nil)
	for i := range d {
		p.Cov.SetSym(i, i, baseVar(p.Names[i], i))
	}
	return p
}

var DropFixed, Baseline = true, true

// fixed says that a window lies the same every year.
func (m Model) fixed(profile, name string) bool {
	seen := map[time.Month]float64{}
	for month := m.Calendar.CoversFrom(); month <= m.Calendar.CoversThrough(); month++ {
		e := m.Calendar.Exposure(profile, month)[name]
		if was, ok := seen[month.OfYear()]; ok && math.Abs(was-e) > 1e-9 {
			return false
		}
		seen[month.OfYear()] = e
	}
	return true
}

// peaks are the months less their median.
func peaks(own []float64) []float64 {
	sorted := slices.Clone(own[:12])
	slices.Sort(sorted)
	base := (sorted[5] + sorted[6]) / 2
	out := slices.Clone(own)
	for i := range 12 {
		out[i] -= base
	}
	return out
}

func baseVar(name string, i int) float64 {
	switch {
	case i < 12:
		return 1
	case name[0] == '~':
		return unusualSD * unusualSD
	}
	return holidaySD * holidaySD
}

type fit struct {
	p    Prior
	s    Series
	n    int // history
	N    int // with next
	x    [][]float64
	r    []float64 // y less prior mean
	off  []float64
	c    float64
	mats [8][]float64 // trend, level, season, drift, peakMu, peakC, window, windowYear
}

func (m Model) read(s Series, p Prior) *fit {
	f := &fit{p: p, s: s, n: len(s.Y), N: len(s.Month)}
	index := map[string]int{}
	for i, n := range p.Names {
		if i >= 12 {
			index[n] = i
		}
	}
	sorted := slices.Clone(s.Y)
	slices.Sort(sorted)
	f.c = sorted[len(sorted)/2]
	for t, month := range s.Month {
		x := make([]float64, len(p.Names))
		x[month.OfYear()-1] = 1
		for k, v := range m.row(s.Profile, month) {
			if i, ok := index[k]; ok {
				x[i] = v
			}
		}
		f.x = append(f.x, x)
		f.off = append(f.off, f.c+p.Slope*float64(month-s.Month[0])+dot(x, p.Mu))
		if t < f.n {
			f.r = append(f.r, s.Y[t]-f.off[t])
		}
	}
	f.matrices(nil)
	return f
}

// quad is x_i' C x_j over effects [from,to).
func quad(c *mat.SymDense, a, b []float64, from, to int) (v float64) {
	for i := from; i < to; i++ {
		if a[i] == 0 {
			continue
		}
		for j := from; j < to; j++ {
			if b[j] != 0 {
				v += a[i] * b[j] * c.At(i, j)
			}
		}
	}
	return v
}

func (f *fit) matrices(own []float64) {
	N, D := f.N, len(f.p.Names)
	for i := range f.mats {
		f.mats[i] = make([]float64, N*N)
	}
	first := f.s.Month[0]
	mu := f.p.Mu
	if Baseline {
		mu = peaks(mu)
		if own != nil {
			own = peaks(own)
		}
	}
	for i := range N {
		ti := float64(f.s.Month[i] - first)
		for j := range i + 1 {
			tj := float64(f.s.Month[j] - first)
			at := i*N + j
			lo := math.Min(ti, tj)
			// integrated random walk: sum_{s=1..lo} (ti-s)(tj-s)
			irw := lo*ti*tj - (ti+tj)*lo*(lo+1)/2 + lo*(lo+1)*(2*lo+1)/6
			f.mats[0][at] = levelSD*levelSD + f.p.SSD*f.p.SSD*ti*tj + SlopeWalk*SlopeWalk*irw
			f.mats[1][at] = lo
			f.mats[2][at] = quad(f.p.Cov, f.x[i], f.x[j], 0, 12)
			if f.s.Month[i]%12 == f.s.Month[j]%12 {
				f.mats[3][at] = float64(f.s.Month[j].Year() - first.Year())
			}
			w := quad(f.p.Cov, f.x[i], f.x[j], 12, D)
			f.mats[6][at] = w
			if f.s.Month[i].Year() == f.s.Month[j].Year() {
				if own == nil {
					f.mats[4][at] = dot(f.x[i][:12], mu[:12]) * dot(f.x[j][:12], mu[:12])
					f.mats[5][at] = f.mats[2][at]
					f.mats[7][at] = w + dot(f.x[i][12:], mu[12:])*dot(f.x[j][12:], mu[12:])
				} else {
					f.mats[4][at] = dot(f.x[i][:12], own[:12]) * dot(f.x[j][:12], own[:12])
					f.mats[7][at] = dot(f.x[i][12:], own[12:]) * dot(f.x[j][12:], own[12:])
				}
			}
		}
	}
}

func (f *fit) weights(h [H]float64) [8]float64 {
	sq := func(i int) float64 { return math.Exp(2 * h[i]) }
	lv := sq(level)
	if Ratio {
		lv *= sq(irregular)
	}
	return [8]float64{1, lv, sq(season), sq(drift), sq(peakYear), sq(peakYear) * sq(season), 1, sq(windowYear)}
}

// cov is the covariance N x N lower.
func (f *fit) cov(h [H]float64) []float64 {
	v := make([]float64, f.N*f.N)
	w := f.weights(h)
	for k, m := range f.mats {
		c := w[k]
		for i, x := range m {
			v[i] += c * x
		}
	}
	for i := range f.N {
		v[i*f.N+i] += math.Exp(2*h[irregular]) + f.s.C2[i]
		for j := range i {
			if Phi > 0 && f.s.Month[i]-f.s.Month[j] < 6 {
				v[i*f.N+j] += math.Exp(2*h[irregular]) * math.Pow(Phi, float64(f.s.Month[i]-f.s.Month[j]))
			}
		}
	}
	return v
}

type Part struct {
	LogW, W, Mean, SD float64
	draw, shift       int
}

type posterior struct {
	parts []Part
	logs  [][H]float64
}

func (f *fit) posterior(draws int, at func(d int) [H]float64, logPrior func(d int) float64) posterior {
	n, N := f.n, f.N
	var out posterior
	for d := range draws {
		h := at(d)
		out.logs = append(out.logs, h)
		v := f.cov(h)
		a := make([]float64, n*n)
		for i := range n {
			copy(a[i*n:i*n+i+1], v[i*N:i*N+i+1])
		}
		l, ok := lapack64.Potrf(blas64.Symmetric{Uplo: blas.Lower, N: n, Stride: n, Data: a})
		if !ok {
			continue
		}
		var logDet float64
		for i := range n {
			logDet += math.Log(l.Data[i*n+i])
		}
		alpha := slices.Clone(f.r)
		blas64.Trsv(blas.NoTrans, l, blas64.Vector{N: n, Inc: 1, Data: alpha})
		q := dot(alpha, alpha)
		blas64.Trsv(blas.Trans, l, blas64.Vector{N: n, Inc: 1, Data: alpha})
		k := v[n*N : n*N+n]
		beta := slices.Clone(k)
		blas64.Trsv(blas.NoTrans, l, blas64.Vector{N: n, Inc: 1, Data: beta})
		va := v[n*N+n] - dot(beta, beta)
		blas64.Trsv(blas.Trans, l, blas64.Vector{N: n, Inc: 1, Data: beta})
		mean := dot(k, alpha)
		base := -logDet - q/2 + logPrior(d)
		out.parts = append(out.parts, Part{LogW: base + math.Log(1-ShiftP), Mean: mean, SD: math.Sqrt(va), draw: d, shift: -1})
		if ShiftP == 0 {
			continue
		}
		lapack64.Potri(l)
		t2 := ShiftSD * ShiftSD
		pt := math.Log(ShiftP / float64(n-3))
		var c, g, dd float64
		g = 1
		for t := n - 1; t >= 2; t-- {
			c += alpha[t]
			g -= beta[t]
			dd += l.Data[t*n+t]
			for i := t + 1; i < n; i++ {
				dd += 2 * l.Data[i*n+t]
			}
			if t > n-2 {
				continue
			}
			s := t2 / (1 + t2*dd)
			out.parts = append(out.parts, Part{
				LogW: base + pt - math.Log(1+t2*dd)/2 + c*c*s/2,
				Mean: mean + g*s*c, SD: math.Sqrt(va + g*g*s), draw: d, shift: t,
			})
		}
	}
	top := math.Inf(-1)
	for _, p := range out.parts {
		top = math.Max(top, p.LogW)
	}
	var sum float64
	for i := range out.parts {
		out.parts[i].W = math.Exp(out.parts[i].LogW - top)
		sum += out.parts[i].W
	}
	for i := range out.parts {
		out.parts[i].W /= sum
		out.parts[i].Mean += f.off[n]
	}
	return out
}

func (f *fit) prior(d int) (h [H]float64) {
	for i, b := range []int{2, 3, 5, 7, 11, 13} {
		h[i] = f.p.Mean[i] + f.p.SD[i]*quantile(halton(d+1, b))
	}
	return h
}

func flat(int) float64 { return 0 }

func quantile(p float64) float64 { return distuv.UnitNormal.Quantile(p) }

func halton(i, b int) float64 {
	f, r := 1.0, 0.0
	for ; i > 0; i /= b {
		f /= float64(b)
		r += f * float64(i%b)
	}
	return r
}

// effects is the posterior of the effects at one component.
func (f *fit) effects(h [H]float64, shift int) (mean []float64, cov *mat.SymDense, slope, slopeVar float64) {
	n, N, D := f.n, f.N, len(f.p.Names)
	v := f.cov(h)
	a := make([]float64, n*n)
	for i := range n {
		for j := range i + 1 {
			a[i*n+j] = v[i*N+j]
			if shift >= 0 && j >= shift {
				a[i*n+j] += ShiftSD * ShiftSD
			}
		}
	}
	l, ok := lapack64.Potrf(blas64.Symmetric{Uplo: blas.Lower, N: n, Stride: n, Data: a})
	if !ok {
		return
	}
	e := slices.Clone(f.r)
	blas64.Trsv(blas.NoTrans, l, blas64.Vector{N: n, Inc: 1, Data: e})
	s2 := math.Exp(2 * h[season])
	scale := func(i, j int) float64 {
		if i < 12 && j < 12 {
			return s2
		}
		if i < 12 || j < 12 {
			return 0
		}
		return 1
	}
	u := make([][]float64, D)
	mean = slices.Clone(f.p.Mu)
	for i := range D {
		u[i] = make([]float64, n)
		for t := range n {
			for j, x := range f.x[t] {
				if x != 0 {
					u[i][t] += x * f.p.Cov.At(i, j) * scale(i, j)
				}
			}
		}
		blas64.Trsv(blas.NoTrans, l, blas64.Vector{N: n, Inc: 1, Data: u[i]})
		mean[i] += dot(u[i], e)
	}
	cov = mat.NewSymDense(D, nil)
	for i := range D {
		for j := range i + 1 {
			cov.SetSym(i, j, f.p.Cov.At(i, j)*scale(i, j)-dot(u[i], u[j]))
		}
	}
	us := make([]float64, n)
	sv := f.p.SSD * f.p.SSD
	for t := range n {
		us[t] = sv * float64(f.s.Month[t]-f.s.Month[0])
	}
	blas64.Trsv(blas.NoTrans, l, blas64.Vector{N: n, Inc: 1, Data: us})
	return mean, cov, f.p.Slope + dot(us, e), sv - dot(us, us)
}

func (p posterior) best() (h [H]float64, shift int) {
	b := 0
	for i := range p.parts {
		if p.parts[i].W > p.parts[b].W {
			b = i
		}
	}
	return p.logs[p.parts[b].draw], p.parts[b].shift
}

func (p posterior) moments() (mean, vars [H]float64) {
	for _, x := range p.parts {
		for i, l := range p.logs[x.draw] {
			mean[i] += x.W * l
			vars[i] += x.W * l * l
		}
	}
	for i := range vars {
		vars[i] -= mean[i] * mean[i]
	}
	return mean, vars
}

// Learn makes rounds of EM.
func (m Model) Learn(all []Series, rounds int) Model {
	by := map[string][]Series{}
	for _, s := range all {
		by[s.Profile] = append(by[s.Profile], s)
	}
	out := m
	out.Priors = map[string]Prior{}
	for profile, of := range by {
		p := m.fresh(profile, of)
		for range rounds {
			p = m.step(p, of)
		}
		out.Priors[profile] = p
	}
	return out
}

func (m Model) step(p Prior, all []Series) Prior {
	D := len(p.Names)
	q := Prior{Names: p.Names, Mu: make([]float64, D), Cov: mat.NewSymDense(D, nil)}
	n := float64(len(all))
	var hm, hv [][H]float64
	var means [][]float64
	var covs []*mat.SymDense
	var slopes, slopeVars []float64
	var scales []float64
	for _, s := range all {
		f := m.read(s, p)
		post := f.posterior(EMDraws, f.prior, flat)
		a, b := post.moments()
		hm, hv = append(hm, a), append(hv, b)
		h, shift := post.best()
		mean, cov, sl, sv := f.effects(h, shift)
		if mean == nil {
			continue
		}
		means, covs, slopes, slopeVars = append(means, mean), append(covs, cov), append(slopes, sl), append(slopeVars, sv)
		scales = append(scales, math.Exp(2*h[season]))
	}
	for i := range H {
		for k := range hm {
			q.Mean[i] += hm[k][i]
		}
		q.Mean[i] = (q.Mean[i] + defaultMean()[i]) / (n + 1)
		v := DefaultSD[i] * DefaultSD[i] + (defaultMean()[i]-q.Mean[i])*(defaultMean()[i]-q.Mean[i])
		for k := range hm {
			d := hm[k][i] - q.Mean[i]
			v += hv[k][i] + d*d
		}
		q.SD[i] = math.Min(DefaultSD[i], math.Max(MinSD, math.Sqrt(v/(n+1))))
	}
	for _, mean := range means {
		for i, v := range mean {
			q.Mu[i] += v / (n + MuWorth)
		}
	}
	var ms float64
	for _, s := range scales {
		ms += s / n
	}
	base := func(i int) float64 {
		if i < 12 {
			return ms
		}
		if p.Names[i][0] == '~' {
			return unusualSD * unusualSD
		}
		return holidaySD * holidaySD / 9
	}
	for i := range D {
		for j := range i + 1 {
			var v float64
			if i == j {
				v = Worth * base(i)
			}
			for k := range means {
				v += covs[k].At(i, j) + (means[k][i]-q.Mu[i])*(means[k][j]-q.Mu[j])
			}
			v += MuWorth * q.Mu[i] * q.Mu[j]
			q.Cov.SetSym(i, j, v/(n+Worth+MuWorth))
		}
	}
	var tr float64
	for i := range 12 {
		tr += q.Cov.At(i, i) / 12
	}
	for i := range 12 {
		for j := range i + 1 {
			q.Cov.SetSym(i, j, q.Cov.At(i, j)/tr)
		}
	}
	// the season's scale goes into the hyper-parameter
	q.Mean[season] = math.Log(tr) / 2
	q.SD[season] = math.Max(SeasonSD, 1/math.Sqrt(n+1))
	for _, s := range slopes {
		q.Slope += s / (n + Worth)
	}
	v := Worth * slopeSD * slopeSD
	for k := range slopes {
		v += slopeVars[k] + (slopes[k]-q.Slope)*(slopes[k]-q.Slope)
	}
	q.SSD = math.Sqrt(v / (n + Worth))
	return q
}

var (
	MuWorth  = 1.0
	SeasonSD = 0.15
	Trace    func(string, Prior)
)

// Predict is the mixture.
func (m Model) Predict(s Series) []Part {
	p, ok := m.Priors[s.Profile]
	if !ok {
		p = m.fresh(s.Profile, []Series{s})
	}
	f := m.read(s, p)
	if OwnPeaks {
		post := f.posterior(EMDraws, f.prior, flat)
		h, shift := post.best()
		if mean, _, _, _ := f.effects(h, shift); mean != nil {
			f.matrices(mean)
		}
	}
	return f.posterior(Draws, f.prior, flat).parts
}

// SignedZ is the signed normal score of y under the mixture with t tails.
func SignedZ(parts []Part, y, df float64) float64 {
	var lo, hi float64
	t := distuv.StudentsT{Sigma: 1, Nu: df}
	for _, p := range parts {
		if p.W < 1e-7 {
			continue
		}
		z := (y - p.Mean) / p.SD
		lo += p.W * t.CDF(z)
		hi += p.W * t.CDF(-z)
	}
	if lo < hi {
		return quantile(math.Max(lo, 1e-16))
	}
	return -quantile(math.Max(hi, 1e-16))
}

func dot(a, b []float64) (v float64) {
	for i, x := range a {
		v += x * b[i]
	}
	return v
}
