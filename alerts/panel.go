package alerts

import (
	"math"
	"slices"

	"panelwatch/etl/panel"
)

// A PanelMonth is what stands behind a source's month: how large the sample
// is, what it stands for, and by what terms it was counted. NaN where a number
// is not declared.
type PanelMonth struct {
	Source   string
	Month    panel.Month
	Basis    panel.Basis // panels of two bases are not compared
	N        float64     // devices of the sample, unweighted
	Weights  float64     // their weights summed, devices
	Universe float64     // devices that they stand for, as declared
	Deff     float64     // declared design effect

	Definitions, Vendor string
	TierList            int // year of the list of city tiers
	Failed              []FailedIdentity
}

// A FailedIdentity is something that must hold between the numbers of a month
// and does not. App is panel.AllNetwork where it is about the whole.
type FailedIdentity struct {
	Name string // as in quality.identities
	App  panel.AppID
}

// A quantity is one number of a panel that should not jump.
type quantity struct {
	name   string // in rules.yaml
	what   Fact
	of     func(PanelMonth) float64
	format func(v float64, english bool) string
}

var quantities = []quantity{
	{"n", Fact{"样本量", "panel size"}, func(p PanelMonth) float64 { return p.N }, devicesOf},
	{"weights", Fact{"权重合计", "sum of weights"}, func(p PanelMonth) float64 { return p.Weights }, devicesOf},
	{"universe", Fact{"全网设备数", "universe"}, func(p PanelMonth) float64 { return p.Universe }, devicesOf},
	{
		"deff",
		Fact{"设计效应", "design effect"},
		func(p PanelMonth) float64 { return p.Deff },
		func(v float64, _ bool) string { return panel.Decimal(v, 0, 2) },
	},
}

func devicesOf(v float64, english bool) string { return Format(v, Devices, english) }

// quantityNames are the keys that min_effects may have.
func quantityNames() (names []string) {
	for _, q := range quantities {
		names = append(names, q.name)
	}
	return names
}

// sources are those that have a panel month, sorted.
func (h History) sources() (names []string) {
	for _, p := range h.Panels {
		names = append(names, p.Source)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// panelAt is a source's panel of the judged month, with those before it,
// oldest first.
func (h History) panelAt(source string) (now PanelMonth, before []PanelMonth, ok bool) {
	for _, p := range h.Panels {
		switch {
		case p.Source != source || p.Month > h.Month:
		case p.Month == h.Month:
			now, ok = p, true
		default:
			before = append(before, p)
		}
	}
	slices.SortFunc(before, func(a, b PanelMonth) int { return int(a.Month - b.Month) })
	return now, before, ok
}

// spokenFor are the apps that a source speaks for, sorted.
func (h History) spokenFor(source string) (apps []panel.AppID) {
	for app, s := range h.Primary {
		if s == source {
			apps = append(apps, app)
		}
	}
	slices.Sort(apps)
	return apps
}

// known are a quantity's values on the basis of the newest panel, oldest first.
func (q quantity) known(now PanelMonth, before []PanelMonth) (out []level) {
	for _, p := range before {
		if v := q.of(p); p.Basis == now.Basis && v > 0 && !math.IsInf(v, 1) {
			out = append(out, level{p.Month, math.Log(v)})
		}
	}
	return out
}
