package sample

import (
	"hash/fnv"
	"math"
	"math/rand/v2"
)

// stream is the source of chance for one named part of the sample. A part
// draws the same numbers whatever the other parts draw.
func stream(seed uint64, part string) *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(part))
	return rand.New(rand.NewPCG(seed, h.Sum64()))
}

// noise is normal with standard deviation sd, cut off at twice that: a single
// month never contradicts the path it lies on.
func noise(r *rand.Rand, sd float64) float64 {
	return sd * max(-2, min(2, r.NormFloat64()))
}

// pick returns i with a probability in proportion to weights[i].
func pick(r *rand.Rand, weights []float64) int {
	var sum float64
	for _, w := range weights {
		sum += w
	}
	at := r.Float64() * sum
	for i, w := range weights {
		if at -= w; at < 0 {
			return i
		}
	}
	return len(weights) - 1
}

// bisect finds x between low and high where the rising function f is want.
func bisect(f func(float64) float64, want, low, high float64) float64 {
	for range 60 {
		if x := (low + high) / 2; f(x) < want {
			low = x
		} else {
			high = x
		}
	}
	return (low + high) / 2
}

// logistic maps the real line onto (0, 1).
func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// normalCDF is the standard normal distribution function.
func normalCDF(z float64) float64 { return math.Erfc(-z/math.Sqrt2) / 2 }
