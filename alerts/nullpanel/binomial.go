package nullpanel

import (
	"math"
	"math/rand/v2"
)

// Binomial draws how many of n things happen, each with chance p. Where many
// happen and many do not it is a rounded normal, else it is exact.
func Binomial(r *rand.Rand, n int, p float64) int {
	switch {
	case n <= 0 || p <= 0:
		return 0
	case p >= 1:
		return n
	case p > 0.5:
		return n - Binomial(r, n, 1-p)
	}
	mean := float64(n) * p
	if mean > 100 {
		k := math.Round(mean + math.Sqrt(mean*(1-p))*r.NormFloat64())
		return int(min(float64(n), max(0, k)))
	}
	return failures(r, n, p)
}

// failures jumps from one thing that happens to the next: the gaps between
// them are geometric.
func failures(r *rand.Rand, n int, p float64) (k int) {
	per := math.Log1p(-p)
	for at := 0; ; k++ {
		gap := math.Log(1-r.Float64()) / per
		if gap >= float64(n-at) {
			return k
		}
		at += int(gap) + 1
	}
}
