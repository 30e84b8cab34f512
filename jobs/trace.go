package jobs

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"panelwatch/etl/extract"
	"panelwatch/etl/indicator"
	"panelwatch/etl/indicator/definitions"
	"panelwatch/etl/panel"
	"panelwatch/sql/warehouse"
)

// ErrNotEqual says that a published number does not follow from the bytes it
// was read from.
var ErrNotEqual = errors.New("the archive gives another number")

// ErrNoNumber says that no published number is meant.
var ErrNoNumber = errors.New("no such number")

// A Trace is where a published number comes from.
type Trace struct {
	ID         string
	Edition    warehouse.Edition
	Row        indicator.Row // as published
	Definition definitions.Definition
	From       *indicator.Derivation // of its inputs; nil when it was taken as delivered
	Months     []TracedMonth         // that were read again, by month
	Again      float64               // computed from the archive, NaN for none
	Equal      bool                  // Again is what was published
}

// A TracedMonth is a delivery that the number was computed from.
type TracedMonth struct {
	Issue warehouse.Issue
	Files []warehouse.TracedFile
	Lines []TracedLine // of an aggregate extract
}

// A TracedLine is a row of a file that the formula used.
type TracedLine struct {
	File    string
	Line    int
	Measure string
	Value   float64 // in base units
}

// A Tracer traces numbers; it reads each delivery once.
type Tracer struct {
	job       Job
	published map[int64]*traced
	read      map[int64]*reread // by extract
	again     map[string]indicator.Results
}

// traced is a publication with what it was computed from.
type traced struct {
	edition warehouse.Edition
	rows    []indicator.Row
	history indicator.History
	issues  map[panel.Month]warehouse.Issue
	results []indicator.Row // computed once more from the warehouse
}

// reread is a delivery as the archive has it.
type reread struct {
	facts  *indicator.Facts
	values []extract.Value
	files  []warehouse.TracedFile
}

// Tracer makes one.
func (j Job) Tracer() *Tracer {
	return &Tracer{j, map[int64]*traced{}, map[int64]*reread{}, map[string]indicator.Results{}}
}

// A Sought number is what is known of one whose id is not; zero values fit
// everything.
type Sought struct {
	Source      string
	Month       panel.Month
	Publication int64 // 0 for the one in force
	Indicator   string
	App         panel.AppID
	Segment     panel.Segment
}

// Find is the id of a number.
func (t *Tracer) Find(ctx context.Context, s Sought) (string, error) {
	id := s.Publication
	if id == 0 {
		all, err := t.job.Warehouse.Publications(ctx, s.Source, s.Month)
		if err != nil {
			return "", err
		}
		if len(all) == 0 {
			return "", fmt.Errorf("%w: nothing of source %s for %s", warehouse.ErrNoPublication, s.Source, s.Month)
		}
		id = all[len(all)-1].PublicationID
	}
	p, err := t.publication(ctx, id)
	if err != nil {
		return "", err
	}
	want := indicator.Row{Indicator: s.Indicator, App: s.App, Segment: s.Segment}
	at := slices.IndexFunc(p.rows, func(r indicator.Row) bool { return r.Compare(want) == 0 })
	if at < 0 {
		return "", fmt.Errorf("%w: publication %d has no %s of %s, %s %s", ErrNoNumber, id, s.Indicator, s.App, s.Segment.Dimension, s.Segment.Member)
	}
	return warehouse.TraceID(id, want), nil
}

// Trace leads from a number to the bytes, and back: the number is computed
// again from the archive. One that is other than what was published has Equal
// false; a delivery that the archive does not have is an error.
func (t *Tracer) Trace(ctx context.Context, id string) (x Trace, err error) {
	publication, ok := warehouse.PublicationOf(id)
	if !ok {
		return x, fmt.Errorf("%w: %q is no id; want one such as 12-0123456789ab, the column trace_id of v_indicator", ErrNoNumber, id)
	}
	p, err := t.publication(ctx, publication)
	if err != nil {
		return x, err
	}
	at := slices.IndexFunc(p.rows, func(r indicator.Row) bool { return warehouse.TraceID(publication, r) == id })
	if at < 0 {
		return x, fmt.Errorf("%w: publication %d has no number %s", ErrNoNumber, publication, id)
	}
	x = Trace{ID: id, Edition: p.edition, Row: p.rows[at], Again: math.NaN()}
	x.Definition, _ = definitions.Of(x.Row.Indicator)
	if again, ok := among(p.results, x.Row); ok {
		x.From = again.From
	}
	months := x.months(p)
	results, err := t.rederive(ctx, p, months)
	if err != nil {
		return x, err
	}
	again, ok := among(results.Everything(), x.Row)
	if ok {
		x.Again = again.Value
	}
	x.Equal = ok && warehouse.SameValue(x.Row.Value, x.Again)
	for _, m := range months {
		x.Months = append(x.Months, x.month(p.issues[m], t.read[p.issues[m].ExtractID]))
	}
	return x, nil
}

func among(rows []indicator.Row, as indicator.Row) (indicator.Row, bool) {
	at, ok := slices.BinarySearchFunc(rows, as, indicator.Row.Compare)
	if !ok {
		return indicator.Row{}, false
	}
	return rows[at], true
}

// months are those that decide the number: of its inputs, or all that were in
// force where the formula looks through the history.
func (x Trace) months(p *traced) (months []panel.Month) {
	here := p.edition.Month()
	throughAll := x.Row.Indicator == "annual_peak" ||
		x.From == nil && !math.IsNaN(x.Row.Value) && !slices.Contains(x.Row.Flags, indicator.AsDelivered)
	for m := range p.issues {
		isInput := x.From != nil && slices.ContainsFunc(x.From.Inputs, func(q indicator.Quantity) bool { return q.Month == m })
		if m == here || throughAll || isInput {
			months = append(months, m)
		}
	}
	slices.Sort(months)
	return months
}

// publication reads a publication and what it was computed from, once.
func (t *Tracer) publication(ctx context.Context, id int64) (*traced, error) {
	if p, known := t.published[id]; known {
		return p, nil
	}
	p := &traced{issues: map[panel.Month]warehouse.Issue{}}
	var err error
	if p.edition, err = t.job.Warehouse.Publication(ctx, id); err != nil {
		return nil, err
	}
	if p.rows, err = t.job.Warehouse.Published(ctx, id); err != nil {
		return nil, err
	}
	h, issues, err := t.job.Warehouse.Then(ctx, p.edition.Issue)
	if err != nil {
		return nil, err
	}
	p.history = h
	for _, i := range issues {
		if i.Month() <= p.edition.Month() {
			p.issues[i.Month()] = i
		}
	}
	r := run{Job: t.job}
	p.results = r.formulas()(h, p.edition.Month()).Everything()
	t.published[id] = p
	return p, nil
}

// rederive computes a publication from the archive's bytes of some months.
func (t *Tracer) rederive(ctx context.Context, p *traced, months []panel.Month) (indicator.Results, error) {
	key := fmt.Sprint(p.edition.PublicationID, months)
	if r, known := t.again[key]; known {
		return r, nil
	}
	h := indicator.History{}
	for m, f := range p.history {
		h[m] = f
	}
	for _, m := range months {
		d, err := t.reread(ctx, p.issues[m])
		if err != nil {
			return indicator.Results{}, fmt.Errorf("read %s %s again: %w", p.edition.Source, m, err)
		}
		h[m] = d.facts
	}
	r := run{Job: t.job}
	t.again[key] = r.formulas()(h, p.edition.Month())
	return t.again[key], nil
}

// reread reads a delivery as it lies in the archive, once.
func (t *Tracer) reread(ctx context.Context, i warehouse.Issue) (d *reread, err error) {
	if d, known := t.read[i.ExtractID]; known {
		return d, nil
	}
	r := run{Job: t.job}
	s := &source{name: i.Source}
	known := warehouse.Seen{Identity: i.Identity, MonthStart: i.MonthStart, Revision: i.Revision}
	a, done, err := r.bytesOf(ctx, s, known)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, done()) }()
	facts, err := r.read(ctx, s, a.Delivery, &a)
	if err != nil {
		return nil, err
	}
	d = &reread{facts: i.Facts(facts), values: facts.Vendor}
	if d.files, err = t.job.Warehouse.Files(ctx, i.ExtractID); err != nil {
		return nil, err
	}
	t.read[i.ExtractID] = d
	return d, nil
}

// month is what a delivery has to do with the number.
func (x Trace) month(i warehouse.Issue, d *reread) TracedMonth {
	m := TracedMonth{Issue: i, Files: d.files}
	for _, v := range d.values {
		if x.uses(i.Month(), v) && v.File < len(d.files) {
			m.Lines = append(m.Lines, TracedLine{File: d.files[v.File].Name, Line: v.Line, Measure: v.Measure, Value: v.Value})
		}
	}
	return m
}

// uses says whether a delivered number is an input of the traced one, or is it.
func (x Trace) uses(m panel.Month, v extract.Value) bool {
	if x.From == nil {
		return m == x.Edition.Month() && v.Measure == x.Row.Indicator && v.App == x.Row.App && x.isSegment(v) ||
			v.Measure == extract.Devices && v.App == x.Row.App && v.Segment == x.Row.Segment && v.Other == ""
	}
	return slices.ContainsFunc(x.From.Inputs, func(q indicator.Quantity) bool {
		segment := q.Key.Segment
		if segment.Dimension == indicator.With {
			segment = panel.All
		}
		return q.Month == m && q.Key.App == v.App && segment == v.Segment &&
			(warehouse.SameValue(q.Value(), v.Value) || // days are delivered as their mean
				v.Measure == extract.DAUAverage && warehouse.SameValue(q.Value(), v.Value*float64(m.Days())))
	})
}

func (x Trace) isSegment(v extract.Value) bool {
	if v.Segment.Dimension == panel.Hour {
		return x.Row.Segment == panel.Segment{Dimension: panel.Hour, Member: v.Network + "/" + v.Segment.Member}
	}
	return v.Segment == x.Row.Segment
}
