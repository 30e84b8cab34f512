package expect

import (
	"math"
	"slices"
)

const (
	stlLeast  = 25 // months, with the newest
	stlRounds = 6  // of robust weights; they no longer move after that
	loessSpan = 23 // months that the trend is smoothed over
)

// STL is the distance of the newest month by robust decomposition: its
// remainder in robust standard deviations of the others. y are logarithms or
// logits without a gap. ok is false for fewer than 25 months or a series that
// is explained without remainder. It follows Cleveland, Cleveland, McRae and
// Terpenning (STL: a seasonal-trend decomposition procedure based on loess,
// 1990) with a season that is the same every year.
func STL(y []float64) (z float64, ok bool) {
	n := len(y)
	if n < stlLeast {
		return 0, false
	}
	weights := slices.Repeat([]float64{1}, n)
	var rest []float64
	for range stlRounds {
		trend, season := make([]float64, n), make([]float64, n)
		for range 2 {
			season = periodic(minus(y, trend), weights)
			trend = loess(minus(y, season), weights, loessSpan)
		}
		rest = minus(minus(y, trend), season)
		weights = bisquare(rest)
	}
	before := rest[:n-1]
	centre := median(before)
	mad := 1.4826 * median(absolutes(minus(before, slices.Repeat([]float64{centre}, n-1))))
	return (rest[n-1] - centre) / mad, mad > 1e-12
}

// periodic is the weighted mean of each month of the year, less that of all.
func periodic(y, w []float64) []float64 {
	var sum, weight [12]float64
	for i, v := range y {
		sum[i%12], weight[i%12] = sum[i%12]+w[i]*v, weight[i%12]+w[i]
	}
	var mean float64
	for m := range sum {
		sum[m] /= math.Max(weight[m], 1e-9)
		mean += sum[m] / 12
	}
	out := make([]float64, len(y))
	for i := range out {
		out[i] = sum[i%12] - mean
	}
	return out
}

// loess is a local line through each point, weighted by the cube of the cube
// of the distance.
func loess(y, w []float64, span int) []float64 {
	out := make([]float64, len(y))
	for i := range y {
		from := min(max(0, i-span/2), max(0, len(y)-span))
		to := min(len(y), from+span)
		reach := float64(max(i-from, to-1-i)) + 1
		var s, sx, sxx, sy, sxy float64
		for j := from; j < to; j++ {
			x := float64(j - i)
			k := w[j] * math.Pow(1-math.Pow(math.Abs(x)/reach, 3), 3)
			s, sx, sxx, sy, sxy = s+k, sx+k*x, sxx+k*x*x, sy+k*y[j], sxy+k*x*y[j]
		}
		if det := s*sxx - sx*sx; det > 1e-9 {
			out[i] = (sxx*sy - sx*sxy) / det
		} else {
			out[i] = sy / math.Max(s, 1e-9)
		}
	}
	return out
}

// bisquare are robust weights: none beyond six median remainders.
func bisquare(rest []float64) []float64 {
	limit := 6 * median(absolutes(rest))
	out := make([]float64, len(rest))
	for i, r := range rest {
		if u := math.Abs(r) / math.Max(limit, 1e-12); u < 1 {
			out[i] = (1 - u*u) * (1 - u*u)
		}
	}
	return out
}

func minus(a, b []float64) []float64 {
	out := slices.Clone(a)
	addTo(out, -1, b)
	return out
}

func absolutes(x []float64) []float64 {
	out := make([]float64, len(x))
	for i, v := range x {
		out[i] = math.Abs(v)
	}
	return out
}
