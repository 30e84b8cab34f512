package alerts

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"

	"panelwatch/etl/panel"
)

// A RankInterval is the places of a list that an app may hold in truth.
type RankInterval struct{ Low, High int }

// RankIntervals gives each app of a list the interval that holds its true place
// among these entries with 95 %: as many places from the top as there are apps
// surely above it, and from the bottom as there are surely below. The
// differences to all others are tested together (Holm 1979), with the error of
// the difference itself. An app whose error is not known has no interval.
func RankIntervals(entries []Entry) map[panel.AppID]RankInterval {
	out := map[panel.AppID]RankInterval{}
	for _, e := range entries {
		if !(e.SE >= 0) {
			continue
		}
		above, below := surelyApart(e, entries)
		out[e.App] = RankInterval{1 + above, len(entries) - below}
	}
	return out
}

// surelyApart counts the entries that lie above and below one beyond error.
func surelyApart(e Entry, entries []Entry) (above, below int) {
	var zs []float64
	for _, o := range entries {
		if z := apart(o, e).z(); o.App != e.App && !math.IsNaN(z) {
			zs = append(zs, z)
		}
	}
	slices.SortFunc(zs, func(a, b float64) int { return cmp.Compare(math.Abs(b), math.Abs(a)) })
	for i, z := range zs {
		if math.Abs(z) < distuv.UnitNormal.Quantile(1-0.025/float64(len(zs)-i)) {
			break
		}
		if z > 0 {
			above++
		} else {
			below++
		}
	}
	return above, below
}

// Tied says that two entries of a month cannot be told apart at 95 %. Where no
// error is known nothing is said.
func Tied(a, b Entry) bool { return math.Abs(apart(a, b).z()) < z95 }
