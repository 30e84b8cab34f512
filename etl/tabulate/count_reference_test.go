package tabulate_test

import (
	"context"
	"slices"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
	"panelwatch/etl/tabulate"
)

// Quantities of a cell.
const (
	devices = iota
	deviceDays
	uses
	seconds
	quantities
)

// A count goes through the devices of a panel, in order of id, and adds what
// each did to the cells, days and pairs it belongs to.
type count struct {
	panel      *extract.Panel
	minSeconds uint32

	apps       int             // of the panel; one more row of cells is the whole network
	segments   []panel.Segment // tabulated: all, members of dimensions, categories
	segmentOf  []int           // of panel.Segments, -1 where not tabulated
	categoryOf []int           // of panel.Apps, -1 where not tabulated
	cells      *sums           // app x segment
	days       *sums           // app x day
	pairs      *sums           // app x app, the first before the second
	used       []bool          // apps with any device
}

const daysOfMonth = 32 // room for day 1 to 31

func newCount(p *extract.Panel, cat *panel.Catalogue, dimensions []string, minSeconds int) *count {
	c := &count{panel: p, minSeconds: uint32(minSeconds), apps: len(p.Apps), used: make([]bool, len(p.Apps))}
	c.segments = []panel.Segment{panel.All}
	for _, s := range p.Segments {
		c.segmentOf = append(c.segmentOf, c.segment(s, slices.Contains(dimensions, s.Dimension)))
	}
	for _, id := range p.Apps {
		app, _ := cat.App(id)
		s := panel.Segment{Dimension: panel.Category, Member: app.Category}
		c.categoryOf = append(c.categoryOf, c.segment(s, slices.Contains(dimensions, panel.Category) && app.Category != ""))
	}
	scales := newScales(p)
	c.cells = newSums(scales, (c.apps+1)*len(c.segments), quantities)
	c.pairs = newSums(scales, c.apps*c.apps, 1)
	if p.Days {
		c.days = newSums(scales, c.apps*daysOfMonth, 1)
	}
	return c
}

// segment gives a segment its number among those tabulated, -1 if it is not.
func (c *count) segment(s panel.Segment, wanted bool) int {
	if !wanted {
		return -1
	}
	if i := slices.Index(c.segments, s); i >= 0 {
		return i
	}
	c.segments = append(c.segments, s)
	return len(c.segments) - 1
}

func (c *count) cell(app, segment int) int { return app*len(c.segments) + segment }

// devices counts every device once.
func (c *count) devices(ctx context.Context) error {
	rows := c.panel.Usage
	for i := range c.panel.Devices {
		if i%(1<<14) == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		own := 0
		for own < len(rows) && rows[own].Device == int32(i) {
			own++
		}
		c.device(&c.panel.Devices[i], rows[:own])
		rows = rows[own:]
	}
	return nil
}

// device counts a device and its usage, which is in order of app and day.
func (c *count) device(d *extract.Device, rows []extract.Usage) {
	c.inSegments(c.apps, d, 1)
	var apps []int
	for len(rows) > 0 {
		own := 1
		for own < len(rows) && rows[own].App == rows[0].App {
			own++
		}
		if c.app(d, rows[:own]) {
			apps = append(apps, int(rows[0].App))
		}
		rows = rows[own:]
	}
	c.together(d, apps)
}

// app counts a device's usage of one app; false if no row of it is long
// enough to count.
func (c *count) app(d *extract.Device, rows []extract.Usage) bool {
	app := int(rows[0].App)
	var counted bool
	var sum [quantities]float64
	sum[devices] = 1
	for _, r := range rows {
		if r.Seconds < c.minSeconds {
			continue
		}
		counted = true
		sum[deviceDays] += float64(r.ActiveDays)
		sum[uses] += float64(r.Uses)
		sum[seconds] += float64(r.Seconds)
		if c.panel.Days {
			c.days.add(app*daysOfMonth+int(r.Day), d, 1)
		}
	}
	if counted {
		c.used[app] = true
		c.inSegments(app, d, sum[:]...)
	}
	return counted
}

// inSegments adds to the cells of an app in all segments of a device.
func (c *count) inSegments(app int, d *extract.Device, sum ...float64) {
	c.cells.add(c.cell(app, 0), d, sum...)
	for _, s := range d.Segments {
		if to := c.segmentOf[s]; to >= 0 {
			c.cells.add(c.cell(app, to), d, sum...)
		}
	}
}

// together counts what the apps of one device share: pairs of apps, and
// categories with at least one app.
func (c *count) together(d *extract.Device, apps []int) {
	var categories []int
	for i, a := range apps {
		for _, b := range apps[i+1:] {
			c.pairs.add(a*c.apps+b, d, 1)
		}
		if to := c.categoryOf[a]; to >= 0 && !slices.Contains(categories, to) {
			categories = append(categories, to)
		}
	}
	for _, to := range categories {
		c.cells.add(c.cell(c.apps, to), d, 1)
	}
}

// tables turns the sums into estimates.
func (c *count) tables() *tabulate.Tables {
	t := &tabulate.Tables{Month: c.panel.Month, Cells: map[panel.Key]*tabulate.Cell{}}
	for app := range c.apps + 1 {
		for s, segment := range c.segments {
			if c.cells.n[c.cell(app, s)] > 0 {
				t.Cells[panel.Key{App: c.id(app), Segment: segment}] = c.cellOf(app, s)
			}
		}
	}
	if whole, ok := t.Cells[panel.Key{App: panel.AllNetwork, Segment: panel.All}]; ok {
		whole.Devices = panel.Constant(whole.Devices[0]) // free of rounding: a control total has no error
	}
	for app := range c.apps {
		t.Daily = append(t.Daily, c.daily(app)...)
		t.Overlaps = append(t.Overlaps, c.overlaps(app)...)
	}
	return t
}

func (c *count) id(app int) panel.AppID {
	if app == c.apps {
		return panel.AllNetwork
	}
	return c.panel.Apps[app]
}

func (c *count) cellOf(app, segment int) *tabulate.Cell {
	i := c.cell(app, segment)
	return &tabulate.Cell{
		Devices:    c.cells.estimate(i, devices),
		DeviceDays: c.cells.estimate(i, deviceDays),
		Uses:       c.cells.estimate(i, uses),
		Seconds:    c.cells.estimate(i, seconds),
		N:          c.cells.n[i],
	}
}

func (c *count) daily(app int) (days []tabulate.Daily) {
	for day := 1; c.days != nil && day < daysOfMonth; day++ {
		if i := app*daysOfMonth + day; c.days.n[i] > 0 {
			days = append(days, tabulate.Daily{App: c.id(app), Day: day, Devices: c.days.estimate(i, 0), N: c.days.n[i]})
		}
	}
	return days
}

// overlaps are the pairs of an app with the later ones, those without common
// devices too: zero is known then.
func (c *count) overlaps(a int) (pairs []tabulate.Overlap) {
	for b := a + 1; b < c.apps; b++ {
		if c.used[a] && c.used[b] {
			i := a*c.apps + b
			pairs = append(pairs, tabulate.Overlap{Pair: panel.Pair{A: c.id(a), B: c.id(b)}, Devices: c.pairs.estimate(i, 0), N: c.pairs.n[i]})
		}
	}
	return pairs
}

// reference tabulates slowly and obviously: all rows in memory, checked and
// sorted, then device by device.
func reference(d extract.Delivery, o tabulate.Options) (*tabulate.Tables, error) {
	p, err := extract.ReadPanel(context.Background(), d, catalogue, extract.Options{MaxRejects: o.MaxRejects})
	if err != nil {
		return nil, err
	}
	postStratify(p, d.Manifest.ControlTotals)
	c := newCount(p, catalogue, o.Dimensions, d.Manifest.MinSecondsValid)
	if err := c.devices(context.Background()); err != nil {
		return nil, err
	}
	tables := c.tables()
	tables.Ledgers, tables.Rejects, tables.Notes = p.Ledgers, p.Rejects, p.Notes
	return tables, nil
}

// postStratify makes the weights of each stratum sum to its control total.
func postStratify(p *extract.Panel, totals []extract.ControlTotal) {
	for _, c := range totals {
		var sum float64
		for _, d := range p.Devices {
			if p.Strata[d.Stratum] == c.Stratum {
				sum += d.Weight
			}
		}
		for i, d := range p.Devices {
			if p.Strata[d.Stratum] == c.Stratum {
				p.Devices[i].Weight *= c.Devices / sum
			}
		}
	}
}
