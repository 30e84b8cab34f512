package sample_test

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"panelwatch/etl/sample"
)

// A claim is one statement of the report, or of what follows from it, and
// what the printed files say to it.
type claim struct {
	name string
	want string
	got  func(v *vendor) string
}

// verdicts are the claims with what the files say to each.
func verdicts(v *vendor) map[string]string {
	out := map[string]string{}
	for _, c := range claims {
		out[c.name] = c.got(v)
	}
	return out
}

// wanted are the claims with what the report says.
func wanted() map[string]string {
	out := map[string]string{}
	for _, c := range claims {
		out[c.name] = c.want
	}
	return out
}

func TestWrittenFilesHonourTheReport(t *testing.T) {
	if diff := cmp.Diff(wanted(), verdicts(readVendor(t, written(t)))); diff != "" {
		t.Errorf("report (-), files (+):\n%s", diff)
	}
}

func TestEverySeedHonoursTheReport(t *testing.T) {
	for seed := uint64(2); seed <= 9; seed++ {
		dir := t.TempDir()
		if err := sample.Write(dir, catalogue(t), sample.Options{Seed: seed, MicroMonths: -1}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(wanted(), verdicts(readVendor(t, dir))); diff != "" {
			t.Errorf("seed %d: report (-), files (+):\n%s", seed, diff)
		}
	}
}

// A check that nothing can fail checks nothing: each claim must be refuted by
// at least one way of spoiling the files.
func TestEveryClaimCanFail(t *testing.T) {
	refuted := map[string]bool{}
	for _, spoil := range spoilers {
		v := readVendor(t, written(t))
		spoil(v)
		for _, c := range claims {
			if c.got(v) != c.want {
				refuted[c.name] = true
			}
		}
	}
	for _, c := range claims {
		if !refuted[c.name] {
			t.Errorf("no spoiled sample refutes %q", c.name)
		}
	}
}

// spoilers are ways to make the files say something else.
var spoilers = []func(v *vendor){
	func(v *vendor) { v.eachSeries(reverse) },
	func(v *vendor) {
		v.eachSeries(func(s map[string]float64) {
			for m := range s {
				s[m] = 20_000 - s[m]
			}
		})
	},
	func(v *vendor) { v.eachSeries(func(s map[string]float64) { s["2023-12"] *= 1.5 }) },
	func(v *vendor) { v.eachSeries(func(s map[string]float64) { s["2023-06"] *= 0.7; s["2022-09"] *= 2 }) },
	func(v *vendor) {
		v.eachSeries(func(s map[string]float64) {
			for i, m := range slices.Sorted(maps.Keys(s)) {
				s[m] *= 1 + 0.4*float64(i%2)
			}
		})
	},
	func(v *vendor) { reverse(v.members["铁路12306"]["城市/北京"]) },
	func(v *vendor) {
		for _, app := range v.shares {
			for _, s := range app {
				s[december] /= 2
			}
		}
	},
	func(v *vendor) { v.overlap["独占率(%)"] = "41.0" },
	func(v *vendor) {
		for _, months := range v.hours {
			for _, day := range months {
				slices.Reverse(day)
			}
		}
	},
}

// eachSeries applies f to every series of the vendor.
func (v *vendor) eachSeries(f func(map[string]float64)) {
	for _, s := range v.devices {
		f(s)
	}
	for _, cells := range []map[string]map[string]map[string]float64{v.members, v.shares, v.tgi} {
		for _, app := range cells {
			for _, s := range app {
				f(s)
			}
		}
	}
}

// reverse turns a series round in time.
func reverse(s map[string]float64) {
	months := slices.Sorted(maps.Keys(s))
	for i, j := 0, len(months)-1; i < j; i, j = i+1, j-1 {
		s[months[i]], s[months[j]] = s[months[j]], s[months[i]]
	}
}

// in lists the months of a year, or of part of one.
func in(year, from, to int) (months []string) {
	for m := from; m <= to; m++ {
		months = append(months, fmt.Sprintf("%d-%02d", year, m))
	}
	return months
}

// of is an app's series at the given months.
func of(s map[string]float64, months []string) []float64 {
	out := make([]float64, len(months))
	for i, m := range months {
		out[i] = s[m]
	}
	return out
}

func mean(x []float64) (sum float64) {
	for _, v := range x {
		sum += v / float64(len(x))
	}
	return sum
}

// peak is the month of the largest value among the months.
func peak(s map[string]float64, months []string) string {
	return slices.MaxFunc(months, func(a, b string) int { return int(math.Copysign(1, s[a]-s[b])) })
}

// allMonths are the months of a series, in order.
func allMonths(s map[string]float64) []string { return slices.Sorted(maps.Keys(s)) }

// localPeaks are the places of the values above both neighbours.
func localPeaks(x []float64) (places []int) {
	for i := 1; i < len(x)-1; i++ {
		if x[i] > x[i-1] && x[i] > x[i+1] {
			places = append(places, i)
		}
	}
	return places
}

// crossings counts the months in which a series rises to a threshold or above.
func crossings(s map[string]float64, threshold float64) (n int) {
	months := allMonths(s)
	for i := 1; i < len(months); i++ {
		if s[months[i]] >= threshold && s[months[i-1]] < threshold {
			n++
		}
	}
	return n
}

// increasing says whether each value exceeds the one before.
func increasing(x ...float64) bool {
	for i := 1; i < len(x); i++ {
		if x[i] <= x[i-1] {
			return false
		}
	}
	return true
}

// ranked are the members of a dimension in a month, largest first, without
// the dimension's name.
func (v *vendor) ranked(app, dimension, month string) (members []string) {
	cells := v.members[app]
	for key := range cells {
		if name, ok := strings.CutPrefix(key, dimension+"/"); ok {
			members = append(members, name)
		}
	}
	slices.SortFunc(members, func(a, b string) int {
		return int(math.Copysign(1, cells[dimension+"/"+b][month]-cells[dimension+"/"+a][month]))
	})
	return members
}

// pooled is a member's share of the app's devices over the months, in %.
func (v *vendor) pooled(app, key string, months []string) float64 {
	return 100 * mean(of(v.members[app][key], months)) / mean(of(v.devices[app], months))
}

// yearly are the means of 2020..2023.
func yearly(s map[string]float64) (means []float64) {
	for year := 2020; year <= 2023; year++ {
		means = append(means, mean(of(s, in(year, 1, 12))))
	}
	return means
}

// penetration is an app's series over that of the base, in %.
func (v *vendor) penetration(app, base string) map[string]float64 {
	out := map[string]float64{}
	for m, d := range v.devices[app] {
		out[m] = 100 * d / v.devices[base][m]
	}
	return out
}

// correlation is Pearson's.
func correlation(x, y []float64) float64 {
	mx, my := mean(x), mean(y)
	var xy, xx, yy float64
	for i := range x {
		xy += (x[i] - mx) * (y[i] - my)
		xx += (x[i] - mx) * (x[i] - mx)
		yy += (y[i] - my) * (y[i] - my)
	}
	return xy / math.Sqrt(xx*yy)
}
