// Package nullpanel draws months of a panel of devices from a truth that is
// known, as the rules would be given them: estimates with 80 jackknife
// replicates, lists with their places. With a truth that does not change,
// whatever a rule tells is a false alarm. It takes its random source as an
// argument and must not import jobs, sql/warehouse or alerts/slack.
package nullpanel

import (
	"math"
	"math/rand/v2"

	"panelwatch/alerts"
	"panelwatch/etl/panel"
)

// A Truth is what is so of the universe, month after month.
type Truth struct {
	Universe float64 // devices
	Apps     []App
	Lists    []List
}

// An App is used by Devices of the universe in an ordinary month, and by
// exp(Season) times as many in each calendar month.
type App struct {
	ID       panel.AppID
	Name     string
	Profile  string
	Category string
	Devices  float64
	Season   [12]float64 // January first; zero is ordinary
	Parts    []Part      // that make up the app; empty: it is not divided
}

// A Part is the devices of an app in one segment.
type Part struct {
	Segment panel.Segment
	Share   float64 // of the app's devices
}

// A List ranks apps; the first Size places are shown.
type List struct {
	Name string
	Size int
	Apps []panel.AppID
}

// A Panel is a sample of devices.
type Panel struct {
	Devices int
	// Staying is the correlation of a device's use of an app between two
	// months that follow one another: 0 for a panel drawn anew each month.
	Staying float64
	// MinRanked is how many devices of the sample an app needs for a place.
	MinRanked int
}

// A Change makes one app another size in the last month drawn: 1.05 for 5 %
// more devices than the truth says.
type Change struct {
	App    panel.AppID
	Factor float64
}

// Draw gives what is known of so many months up to last. All but the last
// follow the truth, and so does the last but for the changes.
func (p Panel) Draw(r *rand.Rand, t Truth, last panel.Month, months int, changes ...Change) alerts.History {
	h := alerts.History{Month: last}
	levels := map[panel.AppID][]panel.Estimate{}
	for _, a := range t.Apps {
		whole, parts := p.levels(r, t, a, last, months, changes)
		levels[a.ID] = whole
		h.Series = append(h.Series, series(a, whole, last)...)
		h.Series = append(h.Series, shares(t, a, whole, parts, last)...)
	}
	for _, l := range t.Lists {
		h.Lists = append(h.Lists, p.list(t, l, levels, last, months))
	}
	return h
}

// levels are the estimates of an app and of its parts.
func (p Panel) levels(r *rand.Rand, t Truth, a App, last panel.Month, months int, changes []Change) (whole []panel.Estimate, parts [][]panel.Estimate) {
	if len(a.Parts) == 0 {
		return p.months(r, t, a, last, months, changes), nil
	}
	whole = make([]panel.Estimate, months)
	for _, part := range a.Parts {
		of := a
		of.Devices *= part.Share
		drawn := p.months(r, t, of, last, months, changes)
		parts = append(parts, drawn)
		for i := range whole {
			for g, v := range drawn[i] {
				whole[i][g] += v
			}
		}
	}
	return whole, parts
}

// months are the estimates of an app's devices, the oldest first.
func (p Panel) months(r *rand.Rand, t Truth, a App, last panel.Month, months int, changes []Change) (out []panel.Estimate) {
	var used [panel.Groups]int
	var before float64
	for i := range months {
		m := last - panel.Month(months-1-i)
		share := a.share(t, m)
		for _, c := range changes {
			if m == last && c.App == a.ID {
				share *= c.Factor
			}
		}
		for g := range used {
			used[g] = p.next(r, g, used[g], before, share)
		}
		before = share
		out = append(out, p.estimate(t, used))
	}
	return out
}

// share is that of the universe which uses the app in month m.
func (a App) share(t Truth, m panel.Month) float64 {
	return a.Devices * math.Exp(a.Season[m%12]) / t.Universe
}

// next draws how many devices of a group use an app, where so many did the
// month before: each device goes on or begins such that the share and the
// correlation come out.
func (p Panel) next(r *rand.Rand, g, used int, before, share float64) int {
	n := p.size(g)
	if before == 0 || p.Staying == 0 {
		return Binomial(r, n, share)
	}
	along := p.Staying * math.Sqrt(before*(1-before)*share*(1-share))
	goesOn := min(1, max(0, (before*share+along)/before))
	begins := min(1, max(0, (share-before*goesOn)/(1-before)))
	return Binomial(r, used, goesOn) + Binomial(r, n-used, begins)
}

// size is how many devices a group has.
func (p Panel) size(g int) int { return (p.Devices + g) / panel.Groups }

// estimate scales counts to the universe, and replicate g from the devices of
// all groups but g, as a tabulation does where all weights are equal.
func (p Panel) estimate(t Truth, used [panel.Groups]int) (e panel.Estimate) {
	all, devices := 0, 0
	for g, n := range used {
		all, devices = all+n, devices+p.size(g)
	}
	e[0] = float64(all) * t.Universe / float64(devices)
	for g, n := range used {
		e[g+1] = float64(all-n) * t.Universe / float64(devices-p.size(g))
	}
	return e
}
