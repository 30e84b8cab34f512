package expect_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"panelwatch/alerts/expect"
)

// airlineSeries obeys the airline model exactly, from its own noise.
func airlineSeries(r *rand.Rand, n int, a, b, sd float64) (y, noise []float64) {
	y, noise = make([]float64, n), make([]float64, n)
	for t := range n {
		noise[t] = sd * r.NormFloat64()
		y[t] = 0.01*float64(t) + 0.1*math.Sin(float64(t)*math.Pi/6)
		if t < 13 {
			continue
		}
		y[t] = y[t-1] + y[t-12] - y[t-13] + noise[t] - a*noise[t-1] - b*noise[t-12] + a*b*noise[t-13]
	}
	return y, noise
}

// With known coefficients the one-step error of a long series is the newest
// noise; the estimated distance lies near it.
func TestAirlineFindsTheNewestNoise(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	var off, square, n float64
	for range 60 {
		y, noise := airlineSeries(r, 96, 0.4, 0.6, 0.02)
		z, ok := expect.Airline(y)
		if !ok {
			t.Fatal("no opinion on 96 months")
		}
		d := z - noise[95]/0.02
		off, square, n = off+d*d, square+z*z, n+1
	}
	if rms := math.Sqrt(off / n); rms > 0.6 {
		t.Errorf("distances are off by %.2f", rms)
	}
	if rms := math.Sqrt(square / n); rms < 0.8 || rms > 1.4 {
		t.Errorf("distances of clean series have standard deviation %.2f", rms)
	}
}

func TestSecondOpinionsSeeAPlantedAnomaly(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 5))
	for _, tc := range []struct {
		name    string
		opinion func([]float64) (float64, bool)
		least   int
	}{{"airline", expect.Airline, 37}, {"stl", expect.STL, 25}} {
		y := make([]float64, 60)
		for i := range y {
			y[i] = 0.005*float64(i) + 0.2*math.Cos(float64(i)*math.Pi/6) + 0.02*r.NormFloat64()
		}
		plain, ok := tc.opinion(y)
		if !ok || math.Abs(plain) > 4 {
			t.Errorf("%s: clean series at %.1f, %t", tc.name, plain, ok)
		}
		y[59] -= 0.2
		if z, _ := tc.opinion(y); z > -4 {
			t.Errorf("%s: a fall of ten standard deviations at %.1f", tc.name, z)
		}
		if _, ok := tc.opinion(y[:tc.least-1]); ok {
			t.Errorf("%s: an opinion on %d months", tc.name, tc.least-1)
		}
		if _, ok := tc.opinion(make([]float64, 60)); ok {
			t.Errorf("%s: an opinion on a constant", tc.name)
		}
	}
}

// A season and a trend that are exact leave nothing: only what is planted in
// the middle of the history remains, and the newest month is not blamed.
func TestSTLIsRobustAgainstOddHistory(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 6))
	y := make([]float64, 48)
	for i := range y {
		y[i] = 0.01*float64(i) + 0.3*math.Sin(float64(i)*math.Pi/6) + 0.01*r.NormFloat64()
	}
	before, _ := expect.STL(y)
	y[20] += 5
	after, _ := expect.STL(y)
	if math.Abs(after-before) > 1 {
		t.Errorf("an odd month two years ago moves the newest from %.2f to %.2f", before, after)
	}
}
