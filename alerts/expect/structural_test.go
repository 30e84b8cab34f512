package expect_test

import (
	"math"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"panelwatch/alerts/calendar"
	"panelwatch/alerts/expect"
	"panelwatch/etl/panel"
)

func model(t testing.TB) expect.Structural {
	t.Helper()
	c, err := calendar.Load(os.DirFS("../../configs/calendar"))
	if err != nil {
		t.Fatal(err)
	}
	return expect.Structural{Calendar: c}
}

// series makes n months up to and including last; f gives the logarithm of
// month m relative to a level of 1e7, noise is added with standard deviation sd.
func series(r *rand.Rand, last string, n int, sd float64, f func(m panel.Month) float64) []expect.Point {
	end := panel.MustMonth(last)
	var out []expect.Point
	for m := end - panel.Month(n) + 1; m <= end; m++ {
		out = append(out, expect.Point{Month: m, Value: 1e7 * math.Exp(f(m)+sd*r.NormFloat64()), SE: math.NaN()})
	}
	return out
}

func mustExpect(t testing.TB, m expect.Model, past []expect.Point, next panel.Month, profile string) expect.Forecast {
	t.Helper()
	f, reason, ok := m.Expect(expect.Question{Past: past, Next: next, Profile: profile, NextSE: math.NaN()})
	if !ok {
		t.Fatalf("no forecast of %s: %s", next, reason)
	}
	return f
}

func flat(panel.Month) float64 { return 0 }

// seasonal has a peak in September, +35 %, and a rise of 4 % a year.
func seasonal(m panel.Month) float64 {
	f := 0.04 / 12 * float64(m-panel.MustMonth("2020-01"))
	if m.OfYear() == 9 {
		f += math.Log(1.35)
	}
	return f
}

func split(p []expect.Point) ([]expect.Point, expect.Point) { return p[:len(p)-1], p[len(p)-1] }

func TestIntervalHoldsNineMonthsOfTen(t *testing.T) {
	m := model(t)
	for _, n := range []int{25, 37, 49} {
		for name, f := range map[string]func(panel.Month) float64{"flat": flat, "seasonal": seasonal} {
			r := rand.New(rand.NewPCG(7, uint64(n)))
			inside := 0
			const runs = 100
			for range runs {
				past, now := split(series(r, "2023-09", n, 0.03, f))
				fc := mustExpect(t, m, past, now.Month, "gov")
				if fc.Low <= now.Value && now.Value <= fc.High {
					inside++
				}
			}
			t.Logf("%s, %d months: %d of %d inside", name, n-1, inside, runs)
			if inside < runs*9/10 {
				t.Errorf("%s, %d months: %d of %d inside the 95 %% interval", name, n-1, inside, runs)
			}
		}
	}
}

func TestPlantedSpikeAndMissingPeak(t *testing.T) {
	m := model(t)
	r := rand.New(rand.NewPCG(3, 1))
	for range 40 {
		past, now := split(series(r, "2023-09", 48, 0.02, seasonal))
		f := mustExpect(t, m, past, now.Month, "gov")
		if !f.Seasonal {
			t.Fatalf("September is a peak every year, season %+.3f, sd %.3f", f.Parts.Season, f.SD)
		}
		if missing := now.Value / 1.35; missing >= f.Low {
			t.Errorf("a missing peak of %.0f is not below %.0f", missing, f.Low)
		}
		past, now = split(series(r, "2023-08", 48, 0.02, seasonal))
		f = mustExpect(t, m, past, now.Month, "gov")
		if f.Seasonal {
			t.Error("August is no peak")
		}
		if spike := now.Value * 1.3; spike <= f.High {
			t.Errorf("a spike of 30 %% to %.0f is not above %.0f", spike, f.High)
		}
	}
}

func TestOneOddYearDoesNotBendTheExpectation(t *testing.T) {
	m := model(t)
	past, now := split(series(rand.New(rand.NewPCG(5, 5)), "2023-09", 48, 0.01, seasonal))
	clean := mustExpect(t, m, past, now.Month, "gov")
	for i := range past {
		if k := past[i].Month - panel.MustMonth("2022-08"); k >= 0 && k < 3 {
			past[i].Value /= 2
		}
	}
	odd := mustExpect(t, m, past, now.Month, "gov")
	if d := math.Abs(odd.Expected/clean.Expected - 1); d > 0.05 {
		t.Errorf("a shock of three months last year moves the expectation by %.1f %%", 100*d)
	}
}

func TestMovingSpringFestivalIsNotTakenForSeason(t *testing.T) {
	m := model(t)
	dip := func(at panel.Month) float64 { return -0.25 * m.Calendar.Exposure("gov", at)["春节起第一周"] }
	r := rand.New(rand.NewPCG(11, 2))
	past, _ := split(series(r, "2026-03", 75, 0.01, dip))
	f := mustExpect(t, m, past[:len(past)-13], panel.MustMonth("2025-02"), "gov") // 2025: 80 % in February
	plain := mustExpect(t, m, past[:len(past)-13], panel.MustMonth("2025-02"), "none")
	truth := 1e7 * math.Exp(dip(panel.MustMonth("2025-02")))
	if with, without := math.Abs(math.Log(f.Expected/truth)), math.Abs(math.Log(plain.Expected/truth)); with > 0.04 || with > without {
		t.Errorf("error %.3f with the calendar, %.3f without", with, without)
	}
	if plain.Parts.Holiday != 0 {
		t.Errorf("profile none has a holiday part of %v", plain.Parts.Holiday)
	}
}

func TestReasons(t *testing.T) {
	m := model(t)
	r := rand.New(rand.NewPCG(1, 1))
	full := series(r, "2023-08", 48, 0.02, flat)
	without := func(drop func(expect.Point) bool) (out []expect.Point) {
		for _, p := range full {
			if !drop(p) {
				out = append(out, p)
			}
		}
		return out
	}
	for _, tc := range []struct {
		name string
		past []expect.Point
		next string
		want string
	}{
		{"short", full[26:], "2023-09", "history too short (22 months)"},
		{"empty", nil, "2023-09", "history too short (0 months)"},
		{"not the future", full, "2021-01", "history too short (16 months)"},
		{"same month missing", without(func(p expect.Point) bool { return p.Month.OfYear() == 9 }), "2023-09", "no earlier September in the history"},
		{"long gap", full, "2025-01", "no value since 2023-08"},
		{"zeros", series(r, "2023-08", 48, 0.02, func(panel.Month) float64 { return math.Inf(-1) }), "2023-09", "history too short (0 months)"},
	} {
		_, reason, ok := m.Expect(expect.Question{Past: tc.past, Next: panel.MustMonth(tc.next), Profile: "gov"})
		if ok || reason != tc.want {
			t.Errorf("%s: got %q %t, want %q", tc.name, reason, ok, tc.want)
		}
	}
}

func TestMissingMonthsWidenTheInterval(t *testing.T) {
	m := model(t)
	full := series(rand.New(rand.NewPCG(9, 9)), "2023-08", 48, 0.02, seasonal)
	near := mustExpect(t, m, full, panel.MustMonth("2023-09"), "gov")
	far := mustExpect(t, m, full[:len(full)-3], panel.MustMonth("2023-09"), "gov")
	if far.SD <= near.SD {
		t.Errorf("sd %.4f after a gap, %.4f without", far.SD, near.SD)
	}
	for i := range full {
		full[i].SE = 0.10 * full[i].Value
	}
	if noisy := mustExpect(t, m, full, panel.MustMonth("2023-09"), "gov"); noisy.SD < 0.10 {
		t.Errorf("sd %.4f below the sampling error of 10 %%", noisy.SD)
	}
}

func TestPartsMultiplyToTheExpectation(t *testing.T) {
	m := model(t)
	profiles := []string{"rail", "tax", "road", "utility", "gov", "bank", "none", "unheard-of"}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(24, 60).Draw(t, "n")
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		sd := rapid.Float64Range(0, 0.5).Draw(t, "sd")
		past := series(r, "2023-08", n+3, sd, seasonal)
		past = append(past[:10:10], past[12:]...)
		f, reason, ok := m.Expect(expect.Question{Past: past, Next: panel.MustMonth("2023-09"), Profile: rapid.SampledFrom(profiles).Draw(t, "profile"), NextSE: math.NaN()})
		if !ok {
			if !strings.Contains(reason, "(") && !strings.Contains(reason, "no earlier") {
				t.Fatalf("unclear reason %q", reason)
			}
			return
		}
		p := f.Parts
		product := p.Level * (1 + p.Trend) * (1 + p.Season) * (1 + p.Holiday)
		if math.Abs(product/f.Expected-1) > 0.001 {
			t.Fatalf("parts multiply to %v, expected %v", product, f.Expected)
		}
		if !(f.Low < f.Expected && f.Expected < f.High) || math.IsInf(f.High, 0) {
			t.Fatalf("interval %v < %v < %v", f.Low, f.Expected, f.High)
		}
		if p := f.P(f.High); math.Abs(p-0.05) > 1e-6 {
			t.Fatalf("p at the edge of the interval is %v, want 0.05", p)
		}
	})
}

func BenchmarkExpect(b *testing.B) {
	m := model(b)
	past := series(rand.New(rand.NewPCG(1, 1)), "2023-08", 47, 0.03, seasonal)
	for b.Loop() {
		mustExpect(b, m, past, panel.MustMonth("2023-09"), "rail")
	}
}

// What the calendar calls unusual was not known before: such a month is judged
// as any other, and only says little of those after it.
func TestAnUnusualMonthIsExpectedAsAnyOther(t *testing.T) {
	m := model(t)
	past := series(rand.New(rand.NewPCG(4, 4)), "2022-11", 48, 0.02, flat)
	for i := range past {
		if past[i].Month == panel.MustMonth("2022-11") {
			past[i].Value /= 3 // named unusual: it bends nothing
		}
	}
	f := mustExpect(t, m, past, panel.MustMonth("2022-12"), "gov")
	if f.SD > 0.1 || math.Abs(math.Log(f.Expected/1e7)) > 0.06 {
		t.Errorf("expected %.0f with sd %.3f", f.Expected, f.SD)
	}
}
