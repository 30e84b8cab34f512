package expect

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

const airlineLeast = 37 // months, with the newest

// Airline is the distance of the newest month from the one-step forecast of
// the airline model (Box and Jenkins 1970): the differences of y over a month
// and a year are (1 - a L)(1 - b L^12) noise. a and b are those of the largest
// exact likelihood on a grid. y are logarithms or logits without a gap, with
// what is known to be odd taken out. ok is false for fewer than 37 months.
func Airline(y []float64) (z float64, ok bool) {
	if len(y) < airlineLeast {
		return 0, false
	}
	var d []float64
	for i := 13; i < len(y); i++ {
		d = append(d, y[i]-y[i-1]-y[i-12]+y[i-13])
	}
	best := math.Inf(-1)
	for a := 0; a <= 9; a++ {
		for b := 0; b <= 9; b++ {
			l, at, fits := airlineAt(d, float64(a)/10, float64(b)/10)
			if fits && l > best {
				best, z, ok = l, at, true
			}
		}
	}
	return z, ok
}

// airlineAt is the likelihood of all differences but the newest, with the
// noise that suits it best, and the newest one's distance.
func airlineAt(d []float64, a, b float64) (logLikelihood, z float64, ok bool) {
	n := len(d) - 1
	moving := map[int]float64{0: 1, 1: -a, 12: -b, 13: a * b}
	v := mat.NewSymDense(n+1, nil)
	for i := range n + 1 {
		for j := max(0, i-13); j <= i; j++ {
			v.SetSym(i, j, autocovariance(moving, i-j))
		}
	}
	var of mat.Cholesky
	if !of.Factorize(v.SliceSym(0, n)) {
		return 0, 0, false
	}
	past, cross := mat.NewVecDense(n, d[:n]), mat.NewVecDense(n, nil)
	for j := range n {
		cross.SetVec(j, v.At(n, j))
	}
	var alpha, beta mat.VecDense
	if of.SolveVecTo(&alpha, past) != nil || of.SolveVecTo(&beta, cross) != nil {
		return 0, 0, false
	}
	noise := mat.Dot(past, &alpha) / float64(n)
	sd := math.Sqrt(noise * (v.At(n, n) - mat.Dot(cross, &beta)))
	return -of.LogDet()/2 - float64(n)/2*math.Log(noise), (d[n] - mat.Dot(cross, &alpha)) / sd, sd > 1e-12
}

// autocovariance of a moving average with noise of variance 1.
func autocovariance(moving map[int]float64, lag int) (v float64) {
	for _, i := range []int{0, 1, 12, 13} {
		v += moving[i] * moving[i+lag]
	}
	return v
}
