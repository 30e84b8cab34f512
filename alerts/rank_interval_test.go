package alerts

import (
	"math"
	"math/rand/v2"
	"testing"

	"panelwatch/etl/panel"
)

func of(app panel.AppID, devices, se float64) Entry {
	return Entry{App: app, Name: string(app), Devices: devices, SE: se, Basis: panel.Assumed}
}

func TestRankIntervals(t *testing.T) {
	entries := []Entry{of("a", 200, 1), of("b", 101, 1), of("c", 100, 1), of("d", 50, 1)}
	got := RankIntervals(entries)
	for app, want := range map[panel.AppID]RankInterval{"a": {1, 1}, "b": {2, 3}, "c": {2, 3}, "d": {4, 4}} {
		if got[app] != want {
			t.Errorf("%s: %v, want %v", app, got[app], want)
		}
	}
	if !Tied(entries[1], entries[2]) || Tied(entries[0], entries[1]) {
		t.Error("b and c are tied, a and b are not")
	}
	entries[3].SE = math.NaN()
	got = RankIntervals(entries)
	if _, known := got["d"]; known || got["a"] != (RankInterval{1, 2}) || Tied(entries[2], entries[3]) {
		t.Errorf("where an error is unknown nothing is said: %v", got)
	}
}

// TestRankIntervalsHoldTheTruth draws lists of near neighbours: 95 % of the
// intervals, and not all but all of them wide, hold the true place.
func TestRankIntervalsHoldTheTruth(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	const apps, draws = 20, 500
	held, width := 0, 0
	for range draws {
		var entries []Entry
		for i := range apps {
			truth := 100 * math.Pow(0.97, float64(i))
			entries = append(entries, of(panel.AppID(rune('a'+i)), truth*math.Exp(0.02*r.NormFloat64()), 0.02*truth))
		}
		for app, p := range RankIntervals(entries) {
			if place := int(app[0]-'a') + 1; p.Low <= place && place <= p.High {
				held++
			}
			width += p.High - p.Low + 1
		}
	}
	if share := float64(held) / apps / draws; share < 0.95 {
		t.Errorf("%.1f %% of the intervals hold the true place", 100*share)
	}
	if mean := float64(width) / apps / draws; mean > 7 {
		t.Errorf("an interval has %.1f places of %d: it says nothing", mean, apps)
	}
}

// Without means the probability is that of Sheppard (1899); without
// correlation it is a product.
func TestBothPositive(t *testing.T) {
	for _, r := range []float64{-0.9, -0.5, 0, 0.3, 0.95} {
		if got, want := bothPositive(0, 0, r), 0.25+math.Asin(r)/(2*math.Pi); math.Abs(got-want) > 1e-6 {
			t.Errorf("correlation %v: %v, want %v", r, got, want)
		}
	}
	phi := func(z float64) float64 { return math.Erfc(-z/math.Sqrt2) / 2 }
	for _, z := range [][2]float64{{1, 2}, {-1, 0.5}, {30, 1}, {-40, 3}} {
		if got, want := bothPositive(z[0], z[1], 0), phi(z[0])*phi(z[1]); math.Abs(got-want) > 1e-6 {
			t.Errorf("%v: %v, want %v", z, got, want)
		}
	}
	if !math.IsNaN(bothPositive(math.NaN(), 1, 0)) {
		t.Error("an unknown distance has no probability")
	}
}

// A swap of neighbours within error is about as likely real as not; months
// that share devices know it better.
func TestSwapsKnowHowRealTheyAre(t *testing.T) {
	now := []Entry{of("b", 103, 1), of("a", 100, 1)}
	base := []Entry{of("a", 103, 1), of("b", 100, 1)}
	found, idle := swaps(now, base, 2)
	if len(found) != 1 || idle != 0 || found[0].real < 0.9 || found[0].real > 0.99 {
		t.Errorf("%+v, %d idle", found, idle)
	}
	found, _ = swaps([]Entry{of("b", 100.1, 1), of("a", 100, 1)}, []Entry{of("a", 100.1, 1), of("b", 100, 1)}, 2)
	if len(found) != 1 || found[0].real < 0.2 || found[0].real > 0.4 {
		t.Errorf("next to nothing apart: %+v", found)
	}
	if _, idle = swaps(base, base, 2); idle != 1 {
		t.Errorf("%d idle pairs, want the one that noise may swap", idle)
	}
	if _, idle = swaps([]Entry{of("a", 200, 1), of("b", 100, 1)}, []Entry{of("a", 200, 1), of("b", 100, 1)}, 2); idle != 0 {
		t.Error("noise cannot swap what is twice as large")
	}
}
