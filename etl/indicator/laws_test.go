package indicator_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"panelwatch/etl/indicator"
	"panelwatch/etl/panel"
)

// estimate draws a full-sample value and 80 replicates around it.
func estimate(t *rapid.T, name string) (e panel.Estimate) {
	base := rapid.Float64Range(1e5, 1e9).Draw(t, name)
	e[0] = base
	for g := 1; g < len(e); g++ {
		e[g] = base * rapid.Float64Range(0.97, 1.03).Draw(t, name)
	}
	return e
}

func panelMonth(m panel.Month, cells map[panel.Key]panel.Estimate) *indicator.Facts {
	f := &indicator.Facts{Month: m, Basis: panel.FromPanel, Universe: 2e9, Cells: map[panel.Key]indicator.Cell{}}
	for k, e := range cells {
		f.Cells[k] = indicator.Cell{Devices: indicator.Sum{Estimate: e, Has: true}, N: 1000}
	}
	return f
}

// The error of a change is that of the formula applied to every replicate.
func TestErrorOfAChangeComesFromTheReplicates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := panel.MustMonth("2023-12")
		k := panel.Key{App: "a", Segment: panel.All}
		now, before := estimate(t, "now"), estimate(t, "before")
		h := indicator.History{
			m:     panelMonth(m, map[panel.Key]panel.Estimate{k: now}),
			m - 1: panelMonth(m-1, map[panel.Key]panel.Estimate{k: before}),
		}
		var change panel.Estimate
		for g := range change {
			change[g] = now[g]/before[g] - 1
		}
		for _, row := range indicator.Month(h, m, settings).Rows {
			if row.Indicator != "mom" {
				continue
			}
			if math.Abs(row.Value-change[0]) > 1e-12 || math.Abs(row.SE-change.StandardError()) > 1e-12 {
				t.Fatalf("mom: got %v ± %v, want %v ± %v", row.Value, row.SE, change[0], change.StandardError())
			}
			return
		}
		t.Fatal("no mom")
	})
}

// Two months that moved together in every replicate have a change without
// error: panel overlap is taken in by itself.
func TestCommonErrorCancelsInAChange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := panel.MustMonth("2023-12")
		k := panel.Key{App: "a", Segment: panel.All}
		now := estimate(t, "now")
		before := now
		for g := range before {
			before[g] *= 0.8
		}
		h := indicator.History{
			m:     panelMonth(m, map[panel.Key]panel.Estimate{k: now}),
			m - 1: panelMonth(m-1, map[panel.Key]panel.Estimate{k: before}),
		}
		for _, row := range indicator.Month(h, m, settings).Rows {
			if row.Indicator == "mom" && row.SE > 1e-12 {
				t.Fatalf("se of mom: got %v, want 0", row.SE)
			}
		}
	})
}

// Shares of the members of a dimension, 未知 among them, add up to one.
func TestSharesAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := panel.MustMonth("2023-12")
		cells := map[panel.Key]panel.Estimate{}
		var whole panel.Estimate
		for _, member := range []string{"男", "女", panel.Unknown} {
			e := estimate(t, member)
			cells[panel.Key{App: "a", Segment: panel.Segment{Dimension: panel.Gender, Member: member}}] = e
			for g := range whole {
				whole[g] += e[g]
			}
		}
		cells[panel.Key{App: "a", Segment: panel.All}] = whole
		var sum float64
		for _, row := range indicator.Month(indicator.History{m: panelMonth(m, cells)}, m, settings).Rows {
			if row.Indicator == "share" {
				sum += row.Value
			}
		}
		if math.Abs(sum-1) > 1e-9 {
			t.Fatalf("shares sum to %v", sum)
		}
	})
}

// The rank agrees with the value: nobody with fewer devices stands higher.
func TestRankAgreesWithValue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := panel.MustMonth("2023-12")
		devices := map[panel.AppID]float64{}
		for _, app := range settings.Lists[0].Apps {
			devices[app] = float64(rapid.IntRange(10, 14).Draw(t, string(app))) * 1e5
		}
		ranks := indicator.Month(indicator.History{m: vendor(m.String(), devices)}, m, settings).Ranks
		for _, a := range ranks {
			better := 0
			for _, b := range ranks {
				if b.Devices.Value > a.Devices.Value {
					better++
				}
			}
			if a.Rank != better+1 {
				t.Fatalf("%s with %v devices: rank %d, want %d", a.App, a.Devices.Value, a.Rank, better+1)
			}
		}
	})
}

func TestExclusiveAndCommonAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := panel.MustMonth("2023-12")
		a, b := panel.Key{App: "a", Segment: panel.All}, panel.Key{App: "b", Segment: panel.All}
		ea, eb := estimate(t, "a"), estimate(t, "b")
		both := estimate(t, "both")
		for g := range both {
			both[g] = math.Min(ea[g], eb[g]) * 0.5
		}
		f := panelMonth(m, map[panel.Key]panel.Estimate{a: ea, b: eb})
		pair := panel.Pair{A: "a", B: "b"}
		f.Overlaps = map[panel.Pair]indicator.Pairwise{pair: {Both: indicator.Sum{Estimate: both, Has: true}, N: 500}}
		got := indicator.Month(indicator.History{m: f}, m, settings).Overlaps
		if len(got) != 1 {
			t.Fatalf("overlaps: got %d, want 1", len(got))
		}
		if sum := got[0].ExclusiveA.Value + got[0].RateA.Value; math.Abs(sum-1) > 1e-9 {
			t.Fatalf("exclusive + overlap of a = %v, want 1", sum)
		}
	})
}
