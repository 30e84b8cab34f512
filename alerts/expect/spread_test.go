package expect

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

func TestStudentIsCloseToItsDistribution(t *testing.T) {
	want := distuv.StudentsT{Sigma: 1, Nu: tails}
	for z := -9.0; z <= 9; z += 0.25 {
		if got := student(z); math.Abs(got-want.CDF(z)) > 2e-4 || math.Abs(math.Log(got/want.CDF(z))) > 0.05 {
			t.Errorf("below %v: %g, want %g", z, got, want.CDF(z))
		}
	}
}

func TestIntervalHoldsWhatItSays(t *testing.T) {
	s := spread{{0.7, 0, 1}, {0.3, 4, 0.5}}
	low, high := s.interval(0.05)
	if a, b := s.below(low), s.above(high); math.Abs(a-0.025) > 1e-9 || math.Abs(b-0.025) > 1e-9 {
		t.Errorf("%v below and %v above, want 0.025 each", a, b)
	}
	m, sd := s.moments()
	w, wsd := s.widened(1.5).moments()
	if math.Abs(w-m) > 1e-12 || math.Abs(wsd-1.5*sd) > 1e-12 {
		t.Errorf("widened: mean %v, sd %v, want %v, %v", w, wsd, m, 1.5*sd)
	}
}

func TestMergedBumpsAreTheSameDistribution(t *testing.T) {
	var s spread
	for i := range 400 {
		s = append(s, bump{1.0 / 400, 0.01 * float64(i%20), 1 + 0.001*float64(i/20)})
	}
	merged := s.merged()
	if len(merged) > 40 {
		t.Errorf("%d bumps are left", len(merged))
	}
	for x := -3.0; x <= 3; x += 0.5 {
		if a, b := s.below(x), merged.below(x); math.Abs(a-b) > 1e-3 {
			t.Errorf("below %v: %v, merged %v", x, a, b)
		}
	}
}

func TestFewSeriesWiden(t *testing.T) {
	if widenedBy(0) != 1 {
		t.Error("ignorance is widened")
	}
	last := math.Inf(1)
	for _, n := range []int{1, 3, 10, 20, 50, 1000} {
		f := widenedBy(n)
		if f > last || f < 0.9 || f > 1.5 {
			t.Errorf("%d series: factor %v after %v", n, f, last)
		}
		last = f
	}
}

// The tail goes on where it begins, and falls off more slowly than a normal
// distribution's.
func TestHeavyTailGoesOnFromTheHundredth(t *testing.T) {
	if got := heavyTail(0.03); got != 0.03 {
		t.Errorf("0.03 became %v", got)
	}
	before := 1.0
	for p := 0.02; p > 1e-250; p /= 3 {
		got := heavyTail(p)
		if got >= before || got < p || p < 1e-3 && got < 1.5*p {
			t.Fatalf("%v became %v after %v", p, got, before)
		}
		before = got
	}
	if got := heavyTail(0); !(got > 0) {
		t.Errorf("0 became %v", got)
	}
}
