package indicator

import "panelwatch/etl/panel"

// Facts are what one source says of one month: estimates of a panel, or the
// values of an aggregate extract.
type Facts struct {
	Month    panel.Month
	Basis    panel.Basis
	Universe float64 // 全网月独立设备数, devices; 0 when not delivered
	Sample   Sample
	Terms    Terms
	Cells    map[panel.Key]Cell
	Overlaps map[panel.Pair]Pairwise
	// Delivered are ratios as the vendor printed them, used where they cannot
	// be computed from the counts.
	Delivered map[Printed]float64
	// Explain asks that results keep how they came about.
	Explain bool
}

// A Cell holds the sums of one app within one segment. A sum that was not
// delivered has Has false.
type Cell struct {
	Devices, DeviceDays, Uses, Seconds Sum
	N                                  int
}

// A Sum is one weighted sum with its replicates (panel) or alone.
type Sum struct {
	Estimate panel.Estimate
	Has      bool
}

// Pairwise is what is known of two apps together, devices.
type Pairwise struct {
	A, B, Both, Union Sum // A and B only where the pair table delivers them
	N                 int
}

// Printed names one ratio of an aggregate extract.
type Printed struct {
	Measure string
	App     panel.AppID
	Other   panel.AppID
	Segment panel.Segment
	Network string // of 24-hour profiles: G (cellular) or ALL
}

// A measure is one sum of a cell, looked up without a copy of the whole cell.
type measure func(c cells, k panel.Key) Sum

type cells = map[panel.Key]Cell

// devices is the monthly unique devices of an app within a segment.
func (f *Facts) devices(app panel.AppID, s panel.Segment) (Quantity, bool) {
	return f.sum(app, s, func(c cells, k panel.Key) Sum { return c[k].Devices })
}

func (f *Facts) sum(app panel.AppID, s panel.Segment, of measure) (Quantity, bool) {
	if f == nil {
		return Quantity{}, false
	}
	k := panel.Key{App: app, Segment: s}
	sum := of(f.Cells, k)
	if !sum.Has {
		return Quantity{}, false
	}
	return f.quantity(k, sum, f.Cells[k].N), true
}

func (f *Facts) quantity(k panel.Key, s Sum, n int) Quantity {
	return Quantity{
		Basis: f.Basis, Estimate: s.Estimate, N: n, Key: k, Month: f.Month, Sample: f.Sample, explain: f.Explain,
	}
}

// universe is the control total: without error, the same in every replicate.
func (f *Facts) universe() (Quantity, bool) {
	if f == nil || f.Universe <= 0 {
		return Quantity{}, false
	}
	return Quantity{
		Basis: f.Basis, Estimate: panel.Constant(f.Universe), Constant: true, Month: f.Month,
		Key: panel.Key{App: panel.AllNetwork, Segment: panel.All},
	}, true
}
