// Package score says how well a method finds anomalies in series of which the
// truth is known: how many at a given share of false alarms, and whether its
// p-values are what they claim. It is pure, and imports alerts/expect/simulated
// only.
package score

import (
	"cmp"
	"math"
	"slices"

	"panelwatch/alerts/expect/simulated"
)

// A Judged series has a distance from what was expected, without sign, by
// which a method orders its series, and a p-value; NaN where the method has
// none.
type Judged struct {
	Series   simulated.Series
	Distance float64
	P        float64
	Light    float64 // P before it is calibrated, where that is known
	Z        float64 // the distance with its sign, as a normal score, where it is used
	Fired    bool    // by the method's own rule
}

func (j Judged) odd() bool { return j.Series.Class != simulated.Clean }

// Keep are the series for which keep holds.
func Keep(all []Judged, keep func(simulated.Series) bool) []Judged {
	var out []Judged
	for _, j := range all {
		if keep(j.Series) {
			out = append(out, j)
		}
	}
	return out
}

// Recall is the share of anomalies beyond the distance that a share of false
// alarms of the clean series is beyond.
func Recall(all []Judged, falseAlarms float64) float64 {
	var clean []float64
	for _, j := range all {
		if !j.odd() {
			clean = append(clean, j.Distance)
		}
	}
	if len(clean) == 0 {
		return math.NaN()
	}
	slices.SortFunc(clean, func(a, b float64) int { return cmp.Compare(b, a) })
	limit := clean[int(falseAlarms*float64(len(clean)))]
	return share(all, Judged.odd, func(j Judged) bool { return j.Distance > limit })
}

// AUC is the probability that an anomaly is further out than a clean series.
func AUC(all []Judged) float64 {
	sorted := slices.Clone(all)
	slices.SortStableFunc(sorted, func(a, b Judged) int { return cmp.Compare(a.Distance, b.Distance) })
	var before, clean, odd float64
	for _, j := range sorted {
		if j.odd() {
			before, odd = before+clean, odd+1
		} else {
			clean++
		}
	}
	return before / clean / odd
}

// CleanBelow is the share of clean series with a smaller p.
func CleanBelow(all []Judged, p float64) float64 {
	return share(all, func(j Judged) bool { return !j.odd() }, func(j Judged) bool { return j.P < p })
}

// Own are recall and share of false alarms of the method's own rule.
func Own(all []Judged) (recall, falseAlarms float64) {
	fired := func(j Judged) bool { return j.Fired }
	return share(all, Judged.odd, fired), share(all, func(j Judged) bool { return !j.odd() }, fired)
}

func share(all []Judged, of, hit func(Judged) bool) float64 {
	var n, hits float64
	for _, j := range all {
		if of(j) {
			n++
			if hit(j) {
				hits++
			}
		}
	}
	return hits / n
}

// Discoveries are those of Benjamini and Hochberg at level q in one batch.
func Discoveries(batch []Judged, q float64) []Judged {
	sorted := slices.Clone(batch)
	slices.SortStableFunc(sorted, func(a, b Judged) int { return cmp.Compare(a.P, b.P) })
	for i := len(sorted); i > 0; i-- {
		if sorted[i-1].P <= q*float64(i)/float64(len(sorted)) {
			return sorted[:i]
		}
	}
	return nil
}

// Batches are false discovery proportion and power, averaged over batches: of
// each the part of false ones among its discoveries (0 when there are none),
// and of found ones among its anomalies.
func Batches(batches [][]Judged, q float64) (fdp, power float64) {
	for _, b := range batches {
		found := Discoveries(b, q)
		var right, odd float64
		for _, j := range b {
			if j.odd() {
				odd++
			}
		}
		for _, j := range found {
			if j.odd() {
				right++
			}
		}
		n := float64(len(batches))
		fdp += (float64(len(found)) - right) / math.Max(1, float64(len(found))) / n
		power += right / odd / n
	}
	return fdp, power
}
