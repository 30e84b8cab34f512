package expect

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Noise has heavier tails than the bumps of a spread, which decides a batch of
// hundreds of series. Beyond the 99th percentile the distances of clean series
// fall off exponentially. Their mean excess there, in normal scores, is that of
// 2,989 simulated series of seed 1; go run ./cmd/bench-alerts -calibrate
// measures it on others.
const (
	tailFrom   = 0.01 // probability beyond which the tail begins
	tailExcess = 0.405
)

// heavyTail is the probability of a distance that a lighter tail gives the
// probability p.
func heavyTail(p float64) float64 {
	if p >= tailFrom {
		return p
	}
	score := func(p float64) float64 { return -distuv.UnitNormal.Quantile(math.Max(p, 1e-300) / 2) }
	return tailFrom * math.Exp((score(tailFrom)-score(p))/tailExcess)
}
