package expect_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"panelwatch/alerts/expect"
	"panelwatch/etl/panel"
)

// Odd months of the history are told, and neither bend nor widen what is
// expected much.
func TestOddMonthsAreSetAside(t *testing.T) {
	m := model(t)
	for _, tc := range []struct {
		name   string
		months []string
		factor float64
	}{
		{"a number in another unit", []string{"2021-11"}, 1e-4},
		{"a number in another unit, upwards", []string{"2022-09"}, 1e4},
		{"one month halved", []string{"2023-03"}, 0.5},
		{"a dip of two months", []string{"2021-10", "2021-11"}, 0.6},
		{"three errors", []string{"2020-11", "2021-09", "2023-04"}, 100},
	} {
		past, now := split(series(rand.New(rand.NewPCG(5, 5)), "2023-09", 48, 0.02, seasonal))
		clean := mustExpect(t, m, past, now.Month, "none")
		for i, p := range past {
			for _, month := range tc.months {
				if p.Month == panel.MustMonth(month) {
					past[i].Value *= tc.factor
				}
			}
		}
		f := mustExpect(t, m, past, now.Month, "none")
		if d := math.Abs(f.Expected/clean.Expected - 1); d > 0.04 {
			t.Errorf("%s: the expectation moves by %.1f %%", tc.name, 100*d)
		}
		if f.SD > 1.5*clean.SD {
			t.Errorf("%s: sd %.4f, without it %.4f", tc.name, f.SD, clean.SD)
		}
		wantOdd(t, tc.name, f.Odd, expect.Single, tc.factor-1, tc.months...)
	}
}

func wantOdd(t *testing.T, name string, got []expect.Odd, shape expect.Shape, effect float64, months ...string) {
	t.Helper()
	if len(got) != len(months) {
		t.Errorf("%s: odd months %+v, want %v", name, got, months)
		return
	}
	for i, o := range got {
		if o.Month != panel.MustMonth(months[i]) || o.Shape != shape || math.Abs(math.Log((1+o.Effect)/(1+effect))) > 0.15 {
			t.Errorf("%s: odd month %+v, want a %s at %s of %+.4f", name, o, shape, months[i], effect)
		}
	}
}

func TestShiftOfTheLevelIsFollowed(t *testing.T) {
	m := model(t)
	for _, factor := range []float64{0.7, 1.4, 1e4} {
		past, now := split(series(rand.New(rand.NewPCG(5, 6)), "2023-09", 48, 0.02, seasonal))
		for i := range past {
			if past[i].Month >= panel.MustMonth("2021-10") {
				past[i].Value *= factor
			}
		}
		f := mustExpect(t, m, past, now.Month, "none")
		if d := math.Log(f.Expected / (now.Value * factor)); math.Abs(d) > 0.08 {
			t.Errorf("after a shift by %v: expected %.4g, came %.4g", factor, f.Expected, now.Value*factor)
		}
		wantOdd(t, "shift", f.Odd, expect.Shift, factor-1, "2021-10")
	}
}
