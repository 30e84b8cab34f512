// Package report makes the month's report of what is in force: one model, of
// which the page, the workbook and the CSV files are three writings. It reads
// the warehouse only through sql/warehouse and must not import etl/extract, a
// formula or a clock: the same warehouse gives the same bytes.
package report

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"panelwatch/etl/panel"
	"panelwatch/sql/warehouse"
)

// ErrNoMonth says that nothing of the month is published.
var ErrNoMonth = errors.New("nothing of this month is published")

// A Report is what is in force of one month, in the order of the printed
// report.
type Report struct {
	Month     panel.Month
	Synthetic []string  // what the sources say of samples that are not measured
	Published time.Time // of the newest publication that it reads
	Sections  []Section
	Without   []Absence
}

// A Section is one exhibit.
type Section struct {
	ID       string // E06
	Slug     string // e06_jiaoguan12123_series
	Title    Text
	Findings []Text // sentences, made of the numbers
	Charts   []Chart
	Table    Table
	Sources  []Text // source, revision, publication, basis, when
}

// An Absence is an exhibit that the report leaves out.
type Absence struct {
	ID         string
	Title, Why Text
}

// Build reads month m. An error that wraps ErrNoMonth names the months there
// are.
func Build(ctx context.Context, w *warehouse.Warehouse, m panel.Month) (r Report, err error) {
	err = w.Snapshot(ctx, func(s warehouse.Snapshot) error {
		r, err = build(ctx, s, m)
		return err
	})
	if err != nil {
		return Report{}, fmt.Errorf("report of %s: %w", m, err)
	}
	return r, nil
}

func build(ctx context.Context, s warehouse.Snapshot, m panel.Month) (Report, error) {
	inForce, err := s.InForce(ctx)
	if err != nil {
		return Report{}, err
	}
	inBooks := books(inForce)
	if !inBooks.has(m) {
		return Report{}, fmt.Errorf("%w; published are %s", ErrNoMonth, inBooks.months())
	}
	flagged, err := s.Flags(ctx, m-longest+1, m)
	if err != nil {
		return Report{}, err
	}
	r := Report{Month: m, Synthetic: inBooks.synthetic(m), Published: inBooks.newest(m)}
	notes := remarksOf(flagged)
	for _, e := range exhibits {
		if e.columns == nil {
			r.Without = append(r.Without, Absence{e.id, e.title, noPanelData})
			continue
		}
		sheet, err := s.Exhibit(ctx, strings.ToLower(e.id), m-panel.Month(e.months)+1, m)
		if err != nil {
			return Report{}, err
		}
		if v := (view{sheet: sheet, month: m}); v.current() {
			r.Sections = append(r.Sections, e.section(v, notes, inBooks))
		} else {
			r.Without = append(r.Without, Absence{e.id, e.title, notDelivered})
		}
	}
	return r, nil
}

var (
	noPanelData  = Text{"该页没有面板数据", "this page prints no panel data"}
	notDelivered = Text{"当月没有可用数据", "nothing of it in this month"}
)

// section writes one exhibit of what its view holds.
func (e exhibit) section(v view, said remarks, b books) Section {
	return Section{
		ID: e.id, Slug: strings.ToLower(e.id) + "_" + e.slug, Title: e.title,
		Findings: e.say(v), Charts: e.show(v),
		Table: e.table(v, said), Sources: b.lines(v),
	}
}
