package main

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"

	"panelwatch/alerts/expect/score"
	"panelwatch/alerts/expect/simulated"
)

// calibrate prints alerts/expect/widening.csv: by how much the distances of
// clean series, as normal scores, exceed those of a normal distribution, by
// the number of series of a profile that the model has learned from; then the
// mean excess of alerts/expect/tail.go.
func (b bench) calibrate(seed uint64, n int) {
	fmt.Println("series,factor")
	var newest []score.Judged
	for _, size := range []int{1, 3, 10, 20, 50} {
		newest, _ = b.judged(simulated.Batch(seed, n, 0), 6*size)
		fmt.Printf("%d,%.3f\n", size, excess(newest))
	}
	fmt.Printf("mean excess beyond the 99th percentile, once widened: %.3f\n", beyond(newest)/excess(newest))
}

// beyond is by how much the distances of the farthest hundredth exceed where
// it begins, on average.
func beyond(all []score.Judged) (excess float64) {
	z := distances(all)
	far := z[len(z)-len(z)/100:]
	for _, d := range far {
		excess += (d - far[0]) / float64(len(far))
	}
	return excess
}

// distances are normal scores of the probabilities, ascending.
func distances(all []score.Judged) []float64 {
	var z []float64
	for _, j := range all {
		z = append(z, -distuv.UnitNormal.Quantile(math.Max(j.Light, 1e-12)/2))
	}
	slices.Sort(z)
	return z
}

// excess is the mean ratio of the 95, 98, 99 and 99.5 % quantiles of the
// distances to those of a normal distribution.
func excess(all []score.Judged) (ratio float64) {
	z := distances(all)
	shares := []float64{0.95, 0.98, 0.99, 0.995}
	for _, q := range shares {
		ratio += z[int(q*float64(len(z)))] / distuv.UnitNormal.Quantile((1+q)/2) / float64(len(shares))
	}
	return ratio
}
