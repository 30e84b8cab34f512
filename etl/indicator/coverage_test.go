package indicator_test

import (
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"panelwatch/etl/indicator"
	"panelwatch/etl/panel"
)

var replications = flag.Int("replications", 100, "simulated panels of TestIntervalsCoverTheTruth; its bounds are 93-97 % from 2000 on")

// The simulated panel: devices keep a leaning from month to month, a part of
// them is replaced, and classes of devices are sampled at different rates, so
// that weights matter.
const (
	simulatedDevices  = 20_000
	simulatedUniverse = 1.35e9
	simulatedClasses  = 8
	simulatedDays     = 30
	replacedInHalf    = 0.25 // of the devices, within six months
)

// A simulatedApp is used with chance logistic(level + slope x class + spread x
// leaning) in a month, level growing by growth in six months.
type simulatedApp struct {
	id            panel.AppID
	level, growth float64
}

var simulatedApps = []simulatedApp{
	{"rare", -5.6, 0.10}, {"local", -2.4, 0.15}, {"common", 0.6, -0.05}, {"universal", 3.4, 0.02},
}

const (
	slope  = 0.15
	spread = 1.5
)

// chance of a device to use the app in month 0, 1 or 2, half a year apart.
func (a simulatedApp) chance(month, class int, leaning float64) float64 {
	x := a.level + a.growth*float64(month) + slope*(float64(class)-simulatedClasses/2) + spread*leaning
	return 1 / (1 + math.Exp(-x))
}

// daily is the chance of a user's day to be a day of use, openings the mean
// uses on such a day beyond the first; both go with the leaning.
func daily(leaning float64) float64 { return 1 / (1 + math.Exp(1.5-0.8*leaning)) }

func openings(leaning float64) float64 { return 2 * math.Exp(0.4*leaning) }

// classShare of the universe and rate at which the class is sampled.
func classShare(class int) float64 {
	return float64(class+1) / (simulatedClasses * (simulatedClasses + 1) / 2)
}

func classRate(class int) float64 { return 1 / (1 + float64(class%4)) }

// A simulatedTruth is what the whole universe does in the last month.
type simulatedTruth map[string]float64

// truth integrates over classes and leanings (normal, by the trapezoid rule,
// which is exact to many digits here).
func (a simulatedApp) truth() simulatedTruth {
	var users [3]float64
	var share, days, uses float64
	const step = 0.01
	for class := range simulatedClasses {
		for z := -9.0; z < 9; z += step {
			mass := classShare(class) * step * math.Exp(-z*z/2) / math.Sqrt(2*math.Pi)
			for month := range users {
				users[month] += mass * a.chance(month, class, z)
			}
			p := mass * a.chance(2, class, z)
			if inSegment(class) {
				share += p
			}
			active := 1 + (simulatedDays-1)*daily(z)
			days += p * active
			uses += p * active * (1 + openings(z))
		}
	}
	return simulatedTruth{
		"mud": simulatedUniverse * users[2], "share": share / users[2], "yoy": users[2]/users[0] - 1,
		"cagr6": math.Pow(users[2]/users[1], 1./6) - 1, "uses_per_device_day": uses / days,
	}
}

// inSegment says which classes make up the segment of the share.
func inSegment(class int) bool { return class%2 == 0 }

var simulatedSegment = panel.Segment{Dimension: panel.Province, Member: "山东"}

// groupSums are weighted sums by jackknife group.
type groupSums [panel.Groups]float64

// estimate rescales what is left without a group to the universe.
func (s *groupSums) estimate(weights *groupSums) (e panel.Estimate) {
	var total, universe float64
	for g := range s {
		total += s[g]
		universe += weights[g]
	}
	e[0] = total
	for g := range s {
		e[g+1] = (total - s[g]) * universe / (universe - weights[g])
	}
	return e
}

// A simulatedDevice is one of the panel.
type simulatedDevice struct {
	class   int
	group   int
	leaning float64
	weight  float64
}

func drawDevice(draw *rand.Rand, group int) simulatedDevice {
	for {
		class := draw.IntN(simulatedClasses)
		if draw.Float64() < classShare(class)*classRate(class)*simulatedClasses/2 {
			return simulatedDevice{
				class: class, group: group, leaning: draw.NormFloat64(),
				weight: math.Exp(0.4*draw.NormFloat64()) / classRate(class),
			}
		}
	}
}

// simulate draws a panel of three months, half a year apart.
func simulate(draw *rand.Rand, last panel.Month) indicator.History {
	devices := make([]simulatedDevice, simulatedDevices)
	for i := range devices {
		devices[i] = drawDevice(draw, draw.IntN(panel.Groups))
	}
	h := indicator.History{}
	for month := range 3 {
		if month > 0 {
			for i := range devices {
				if draw.Float64() < replacedInHalf {
					devices[i] = drawDevice(draw, draw.IntN(panel.Groups))
				}
			}
		}
		m := last - panel.Month(6*(2-month))
		h[m] = simulateMonth(draw, devices, month, m)
	}
	return h
}

func simulateMonth(draw *rand.Rand, devices []simulatedDevice, month int, m panel.Month) *indicator.Facts {
	var weights groupSums
	var sum float64
	for _, d := range devices {
		sum += d.weight
	}
	calibrate := simulatedUniverse / sum
	for _, d := range devices {
		weights[d.group] += d.weight * calibrate
	}
	f := &indicator.Facts{Month: m, Basis: panel.FromPanel, Universe: simulatedUniverse, Cells: map[panel.Key]indicator.Cell{}}
	for _, a := range simulatedApps {
		a.count(draw, devices, month, calibrate, &weights, f)
	}
	return f
}

// count adds the app's cells to the facts of a month.
func (a simulatedApp) count(draw *rand.Rand, devices []simulatedDevice, month int, calibrate float64, weights *groupSums, f *indicator.Facts) {
	var users, inside, days, uses groupSums
	var n, nInside int
	for _, d := range devices {
		if draw.Float64() >= a.chance(month, d.class, d.leaning) {
			continue
		}
		w := d.weight * calibrate
		n++
		users[d.group] += w
		if inSegment(d.class) {
			nInside++
			inside[d.group] += w
		}
		if month == 2 { // the only one whose intensity is looked at
			active, opened := use(draw, d.leaning)
			days[d.group] += w * active
			uses[d.group] += w * opened
		}
	}
	sum := func(s groupSums) indicator.Sum { return indicator.Sum{Estimate: s.estimate(weights), Has: true} }
	f.Cells[panel.Key{App: a.id, Segment: panel.All}] = indicator.Cell{Devices: sum(users), DeviceDays: sum(days), Uses: sum(uses), N: n}
	f.Cells[panel.Key{App: a.id, Segment: simulatedSegment}] = indicator.Cell{Devices: sum(inside), N: nInside}
}

// use draws the days of a user, one at least, and the uses on them: one each
// and geometric more.
func use(draw *rand.Rand, leaning float64) (days, uses float64) {
	days = 1
	for range simulatedDays - 1 {
		if draw.Float64() < daily(leaning) {
			days++
		}
	}
	uses = days
	again := openings(leaning) / (1 + openings(leaning))
	for range int(days) {
		uses += math.Floor(math.Log(1-draw.Float64()) / math.Log(again))
	}
	return days, uses
}

var coveredIndicators = []string{"mud", "share", "yoy", "cagr6", "uses_per_device_day"}

// A coverage counts the panels whose interval holds the truth.
type coverage struct {
	covered, of int
	meanSE      float64
	sum, square float64 // of the estimates, for their true spread
}

func (c *coverage) add(r indicator.Row, truth float64) {
	c.of++
	if math.Abs(r.Value-truth) <= 1.96*r.SE {
		c.covered++
	}
	c.meanSE += r.SE
	c.sum += r.Value - truth
	c.square += (r.Value - truth) * (r.Value - truth)
}

func (c *coverage) part() float64 { return float64(c.covered) / float64(c.of) }

// ratio is the mean standard error over the standard deviation that the
// estimates really have.
func (c *coverage) ratio() float64 {
	n := float64(c.of)
	mean := c.sum / n
	return c.meanSE / n / math.Sqrt((c.square/n-mean*mean)*n/(n-1))
}

// bounds are 93 and 97 % where there are replications enough to tell, else
// as wide as chance asks for.
func bounds(n int) (least, most float64) {
	if n >= 2000 {
		return 0.93, 0.97
	}
	chance := 4 * math.Sqrt(0.95*0.05/float64(n))
	return 0.94 - chance, 0.96 + chance
}

// TestIntervalsCoverTheTruth simulates panels whose universe is known and
// counts how often the 95 % interval holds the truth.
func TestIntervalsCoverTheTruth(t *testing.T) {
	last := panel.MustMonth("2023-12")
	seen := map[panel.AppID]map[string]*coverage{}
	for i := range *replications {
		r := indicator.Month(simulate(drawOf(i), last), last, settings)
		for _, a := range simulatedApps {
			if seen[a.id] == nil {
				seen[a.id] = map[string]*coverage{}
			}
			for name, truth := range a.truthOnce() {
				segment := panel.All
				if name == "share" {
					segment = simulatedSegment
				}
				if seen[a.id][name] == nil {
					seen[a.id][name] = &coverage{}
				}
				seen[a.id][name].add(find(t, r, name, a.id, segment), truth)
			}
		}
	}
	least, most := bounds(*replications)
	for _, a := range simulatedApps {
		for _, name := range coveredIndicators {
			if p := seen[a.id][name].part(); p < least || p > most {
				t.Errorf("%s of %s: the interval holds the truth in %.1f %% of %d panels, want %.1f to %.1f %%",
					name, a.id, 100*p, *replications, 100*least, 100*most)
			}
		}
	}
	t.Log("\n" + coverageTable(seen))
}

// drawOf is the random source of a panel. Its seeds are far apart:
// neighbouring ones are neighbouring states of the generator.
func drawOf(panel int) *rand.Rand {
	return rand.New(rand.NewPCG(uint64(panel)*0x9e3779b97f4a7c15+1, uint64(panel)*0xbf58476d1ce4e5b9+1))
}

var truths = map[panel.AppID]simulatedTruth{}

// truthOnce is truth, integrated once.
func (a simulatedApp) truthOnce() simulatedTruth {
	if truths[a.id] == nil {
		truths[a.id] = a.truth()
	}
	return truths[a.id]
}

// coverageTable is the report in Markdown: coverage, and mean standard error
// over true standard deviation.
func coverageTable(seen map[panel.AppID]map[string]*coverage) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d panels of %d devices. Part of the 95 %% intervals that hold the truth; in brackets the mean standard error over the true standard deviation.\n\n", *replications, simulatedDevices)
	fmt.Fprintf(&b, "| penetration | %s |\n|---%s|\n", strings.Join(coveredIndicators, " | "), strings.Repeat("|---", len(coveredIndicators)))
	for _, a := range simulatedApps {
		fmt.Fprintf(&b, "| %.1f %% ", 100*a.truthOnce()["mud"]/simulatedUniverse)
		for _, name := range coveredIndicators {
			c := seen[a.id][name]
			fmt.Fprintf(&b, "| %.1f %% (%.2f) ", 100*c.part(), c.ratio())
		}
		b.WriteString("|\n")
	}
	return b.String()
}
