package expect

import (
	_ "embed"
	"strconv"
	"strings"
)

// Few series teach a profile's sizes with an error that the spread does not
// know of. widening.csv says by how much distances of clean series then exceed
// those of a normal distribution, by the number of series learned from. It is
// measured on simulated series: go run ./cmd/bench-alerts -calibrate -seed 1 -series 1800.
//
//go:embed widening.csv
var wideningTable string

type widening struct {
	series int
	factor float64
}

var widenings = readWidenings(wideningTable)

// readWidenings panics at a table that is not ours.
func readWidenings(table string) (out []widening) {
	for _, line := range strings.Split(strings.TrimSpace(table), "\n")[1:] {
		series, factor, _ := strings.Cut(line, ",")
		n, err := strconv.Atoi(series)
		if err != nil {
			panic(err)
		}
		f, err := strconv.ParseFloat(factor, 64)
		if err != nil {
			panic(err)
		}
		out = append(out, widening{n, f})
	}
	return out
}

// widenedBy is the factor for so many series: that of the largest number in
// the table that is not larger. A profile that nothing was learned of has
// ignorance, which is wide enough.
func widenedBy(series int) float64 {
	factor := 1.0
	for _, w := range widenings {
		if w.series <= series {
			factor = w.factor
		}
	}
	return factor
}

// widened keeps the mean.
func (s spread) widened(factor float64) spread {
	mean, _ := s.moments()
	out := make(spread, len(s))
	for i, b := range s {
		out[i] = bump{b.weight, mean + factor*(b.mean-mean), factor * b.sd}
	}
	return out
}
