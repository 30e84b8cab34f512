package warehouse

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"panelwatch/etl/extract"
	"panelwatch/etl/indicator"
	"panelwatch/etl/panel"
)

// An Issue is one publication in force, with what its facts are read with.
type Issue struct {
	PublicationID      int64     `db:"publication_id"`
	Source             string    `db:"source"`
	MonthStart         time.Time `db:"month_start"`
	Revision           int       `db:"revision"`
	Reading            int       `db:"reading"`
	Flags              string    `db:"flags"`
	ExtractID          int64     `db:"extract_id"`
	FactsID            int64     `db:"facts_id"`
	Basis              string    `db:"basis"`
	InputsHash         string    `db:"inputs_hash"`
	ResultsHash        string    `db:"results_hash"`
	DistantHash        string    `db:"distant_hash"`
	Identity           string    `db:"identity"`
	Content            string    `db:"content"`
	DeliveredAt        time.Time `db:"delivered_at"`
	Vendor             string    `db:"vendor"`
	DefinitionsVersion string    `db:"definitions_version"`
	TGIBase            string    `db:"tgi_base"`
	TierListYear       int       `db:"tier_list_year"`
	Universe           *float64  `db:"universe_devices"`
	PanelSize          *int      `db:"panel_size"`
	Deff               *float64  `db:"deff"`
	Synthetic          string    `db:"synthetic"`
}

// Month is the month of observation.
func (i Issue) Month() panel.Month { return panel.MonthIn(i.MonthStart) }

// Current lists the publications of a source that are in force, by month.
func (w *Warehouse) Current(ctx context.Context, source string) ([]Issue, error) {
	return current(ctx, w.db, source)
}

func current(ctx context.Context, q sqlx.QueryerContext, source string) (issues []Issue, err error) {
	if err := sqlx.SelectContext(ctx, q, &issues, query("publication_current"), source); err != nil {
		return nil, fmt.Errorf("list publications of %s: %w", source, err)
	}
	return issues, nil
}

// history reads the facts that the indicators of month m look at.
func history(ctx context.Context, tx *sqlx.Tx, issues []Issue, m panel.Month) (indicator.History, error) {
	return historyWithin(ctx, tx, issues, m, func(i Issue) indicator.Reach { return indicator.ReachOf(m, i.Month()) })
}

// distantHistory reads the facts that indicator.Distant looks at.
func distantHistory(ctx context.Context, tx *sqlx.Tx, issues []Issue, m panel.Month) (indicator.History, error) {
	return historyWithin(ctx, tx, issues, m, func(i Issue) indicator.Reach {
		if i.Month() == m && kindOf(panel.Basis(i.Basis)) == panel.FromVendor {
			return indicator.Everything // with the growth that it printed
		}
		return indicator.DistantReachOf(m, i.Month())
	})
}

func historyWithin(ctx context.Context, tx *sqlx.Tx, issues []Issue, m panel.Month, reach func(Issue) indicator.Reach) (indicator.History, error) {
	h := indicator.History{}
	byFacts := map[int64]*indicator.Facts{}
	totals, cities := map[panel.Basis][]int64{}, map[panel.Basis][]int64{}
	for _, i := range issues {
		if i.Month() > m {
			continue
		}
		f := i.facts()
		h[f.Month], byFacts[i.FactsID] = f, f
		kind := kindOf(f.Basis)
		switch reach(i) {
		case indicator.Totals:
			totals[kind] = append(totals[kind], i.FactsID)
		case indicator.Cities:
			cities[kind] = append(cities[kind], i.FactsID)
		default:
			if err := readMonth(ctx, tx, i.FactsID, f); err != nil {
				return nil, fmt.Errorf("facts of %s %s: %w", i.Source, f.Month, err)
			}
		}
	}
	if err := readTotals(ctx, tx, totals, byFacts, panel.All.Dimension); err != nil {
		return nil, fmt.Errorf("totals before %s: %w", m, err)
	}
	if err := readTotals(ctx, tx, cities, byFacts, panel.All.Dimension, panel.City); err != nil {
		return nil, fmt.Errorf("cities of the year of %s: %w", m, err)
	}
	return h, nil
}

// kindOf says which table holds the facts of a basis.
func kindOf(b panel.Basis) panel.Basis {
	if b == panel.FromPanel {
		return panel.FromPanel
	}
	return panel.FromVendor
}

func (i Issue) facts() *indicator.Facts {
	f := &indicator.Facts{
		Month: i.Month(), Basis: panel.Basis(i.Basis),
		Cells: map[panel.Key]indicator.Cell{}, Overlaps: map[panel.Pair]indicator.Pairwise{},
		Delivered: map[indicator.Printed]float64{},
		Terms: indicator.Terms{
			Vendor: i.Vendor, DefinitionsVersion: i.DefinitionsVersion,
			TGIBase: i.TGIBase, TierListYear: i.TierListYear,
		},
	}
	if i.Universe != nil {
		f.Universe = *i.Universe
	}
	if i.PanelSize != nil && i.Deff != nil {
		f.Sample = indicator.Sample{Size: *i.PanelSize, Deff: *i.Deff, Universe: f.Universe}
	}
	return f
}

func readMonth(ctx context.Context, tx *sqlx.Tx, factsID int64, f *indicator.Facts) error {
	into := map[int64]*indicator.Facts{factsID: f}
	if f.Basis != panel.FromPanel {
		return readValues(ctx, tx, into, query("vendor_value_month"), factsID)
	}
	if err := readEstimates(ctx, tx, into, query("panel_estimate_month"), factsID); err != nil {
		return err
	}
	return readOverlaps(ctx, tx, factsID, f)
}

func readTotals(ctx context.Context, tx *sqlx.Tx, ids map[panel.Basis][]int64, into map[int64]*indicator.Facts, dimensions ...string) error {
	for _, kind := range []panel.Basis{panel.FromPanel, panel.FromVendor} {
		if len(ids[kind]) == 0 {
			continue
		}
		name, read := "vendor_value_totals", readValues
		if kind == panel.FromPanel {
			name, read = "panel_estimate_totals", readEstimates
		}
		for _, dimension := range dimensions {
			text, args, err := sqlx.In(query(name), ids[kind], dimension)
			if err != nil {
				return err
			}
			if err := read(ctx, tx, into, text, args...); err != nil {
				return err
			}
		}
	}
	return nil
}

func readOverlaps(ctx context.Context, tx *sqlx.Tx, factsID int64, f *indicator.Facts) error {
	var rows []struct {
		A         panel.AppID `db:"app_a"`
		B         panel.AppID `db:"app_b"`
		Replicate int         `db:"replicate"`
		Devices   float64     `db:"devices"`
		N         int         `db:"n_devices"`
	}
	if err := tx.SelectContext(ctx, &rows, query("panel_overlap_month"), factsID); err != nil {
		return err
	}
	for _, r := range rows {
		p := panel.Pair{A: r.A, B: r.B}
		w := f.Overlaps[p]
		w.N = r.N
		w.Both.Estimate[r.Replicate], w.Both.Has = r.Devices, true
		f.Overlaps[p] = w
	}
	return nil
}

type valueRow struct {
	PublicationID int64       `db:"publication_id"`
	Measure       string      `db:"measure"`
	App           panel.AppID `db:"app_id"`
	Other         panel.AppID `db:"other_app_id"`
	Network       string      `db:"network"`
	Dimension     string      `db:"dimension"`
	Member        string      `db:"member"`
	Value         float64     `db:"value"`
}

func readValues(ctx context.Context, tx *sqlx.Tx, into map[int64]*indicator.Facts, text string, args ...any) error {
	rows, err := valuesOf(ctx, tx, text, args...)
	if err != nil {
		return err
	}
	putValues(rows, into)
	return nil
}

// putValues files delivered numbers; of two that say the same thing the last
// one stands.
func putValues(rows []valueRow, into map[int64]*indicator.Facts) {
	var sides []valueRow // of pairs: which side an app is on, the pair's own rows say
	for _, r := range rows {
		switch {
		case r.Other == "":
			r.put(into[r.PublicationID])
		case r.Measure == extract.Devices:
			sides = append(sides, r)
		default:
			r.putPair(into[r.PublicationID])
		}
	}
	for _, r := range sides {
		r.putSide(into[r.PublicationID])
	}
}

// put files one delivered number: counts of devices as cells, everything else
// as printed.
func (r valueRow) put(f *indicator.Facts) {
	seg := panel.Segment{Dimension: r.Dimension, Member: r.Member}
	k := panel.Key{App: r.App, Segment: seg}
	c := f.Cells[k]
	switch {
	case r.Measure == extract.Devices && r.App == panel.AllNetwork && seg == panel.All:
		f.Universe, f.Sample.Universe = r.Value, r.Value
		set(&c.Devices, r.Value)
	case r.Measure == extract.Devices:
		set(&c.Devices, r.Value)
	case r.Measure == extract.DAUAverage:
		set(&c.DeviceDays, r.Value*float64(f.Month.Days()))
	case r.Measure == extract.Uses:
		set(&c.Uses, r.Value)
	case r.Measure == extract.Seconds:
		set(&c.Seconds, r.Value)
	default:
		f.Delivered[indicator.Printed{Measure: r.Measure, App: r.App, Other: r.Other, Segment: seg, Network: r.Network}] = r.Value
		return
	}
	f.Cells[k] = c
}

// putPair files what two apps have together; rates are computed, not copied.
func (r valueRow) putPair(f *indicator.Facts) {
	p := panel.Pair{A: r.App, B: r.Other}
	w := f.Overlaps[p]
	switch r.Measure {
	case extract.OverlapDevices:
		set(&w.Both, r.Value)
	case extract.UnionDevices:
		set(&w.Union, r.Value)
	default:
		return
	}
	f.Overlaps[p] = w
}

func (r valueRow) putSide(f *indicator.Facts) {
	if w, ok := f.Overlaps[panel.Pair{A: r.App, B: r.Other}]; ok {
		set(&w.A, r.Value)
		f.Overlaps[panel.Pair{A: r.App, B: r.Other}] = w
	}
	if w, ok := f.Overlaps[panel.Pair{A: r.Other, B: r.App}]; ok {
		set(&w.B, r.Value)
		f.Overlaps[panel.Pair{A: r.Other, B: r.App}] = w
	}
}

func set(s *indicator.Sum, v float64) { s.Estimate[0], s.Has = v, true }
