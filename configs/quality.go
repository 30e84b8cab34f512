package configs

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"panelwatch/etl/extract"
	"panelwatch/etl/identities"
	"panelwatch/etl/panel"
)

// Quality says how much of a delivery may be bad, and when a month is closed.
type Quality struct {
	Limits      `yaml:",inline"`
	KeepRejects int               `yaml:"keep_rejects"` // 0 for 1000
	ClosedAfter *int              `yaml:"closed_after"` // months; nil for 3, 0 for never
	Tables      map[string]Limits `yaml:"tables"`       // by table of a delivery: usage, app_month, ...
	Reading     Reading           `yaml:"reading"`      // of what reading a file may take
	// Identities are the verdicts where an identity between numbers of a month
	// does not hold, by its name; of those not named the default.
	Identities map[string]identities.Verdict `yaml:"identities"`
}

// Limits bound the rejected rows of a file; both hold. A nil limit of a table
// is that of all tables; a nil limit of all tables is none.
type Limits struct {
	MaxRejectedRatio *float64 `yaml:"max_rejected_ratio"`
	MaxRejectedRows  *int     `yaml:"max_rejected_rows"`
}

// Of are the limits of a file of that table.
func (q Quality) Of(table string) Limits {
	l, own := q.Limits, q.Tables[table]
	if own.MaxRejectedRatio != nil {
		l.MaxRejectedRatio = own.MaxRejectedRatio
	}
	if own.MaxRejectedRows != nil {
		l.MaxRejectedRows = own.MaxRejectedRows
	}
	return l
}

// Exceeded names the setting that so many rejected rows exceed, "" for none.
func (l Limits) Exceeded(read, rejected int) string {
	switch {
	case l.MaxRejectedRatio != nil && float64(rejected) > *l.MaxRejectedRatio*float64(read):
		return fmt.Sprintf("more than %.3g %% (quality.max_rejected_ratio)", 100**l.MaxRejectedRatio)
	case l.MaxRejectedRows != nil && rejected > *l.MaxRejectedRows:
		return fmt.Sprintf("more than %d (quality.max_rejected_rows)", *l.MaxRejectedRows)
	}
	return ""
}

// Verdict is what becomes of a delivery for which an identity does not hold.
func (q Quality) Verdict(identity string) identities.Verdict {
	return cmp.Or(q.Identities[identity], identities.Defaults[identity])
}

func (q Quality) checkIdentities() error {
	for _, name := range slices.Sorted(maps.Keys(q.Identities)) {
		if _, known := identities.Defaults[name]; !known {
			known := slices.Sorted(maps.Keys(identities.Defaults))
			return fmt.Errorf("quality.identities: no identity %q%s; want one of %v", name, panel.DidYouMean(name, known), known)
		}
		if v := q.Identities[name]; !slices.Contains(identities.Verdicts, v) {
			return fmt.Errorf("quality.identities.%s: %q is not one of %v", name, v, identities.Verdicts)
		}
	}
	return nil
}

// What holds where panelwatch.yaml says nothing.
const (
	closedAfter = 3
	keepRejects = 1000
)

// Closed says whether a month with so many later months in force is closed.
func (q Quality) Closed(later int) bool {
	after := closedAfter
	if q.ClosedAfter != nil {
		after = *q.ClosedAfter
	}
	return after > 0 && later >= after
}

func (c *Config) checkQuality() error {
	q := &c.Quality
	if q.MaxRejectedRatio == nil {
		none := 0.0
		q.MaxRejectedRatio = &none // as ever: nothing said, nothing tolerated
	}
	q.KeepRejects = cmp.Or(q.KeepRejects, keepRejects)
	if q.KeepRejects < 0 || q.ClosedAfter != nil && *q.ClosedAfter < 0 {
		return fmt.Errorf("quality: keep_rejects and closed_after cannot be negative")
	}
	if err := cmp.Or(q.check("quality"), q.checkIdentities(), q.Reading.check()); err != nil {
		return err
	}
	tables := extract.TableNames()
	for _, table := range slices.Sorted(maps.Keys(q.Tables)) {
		if !slices.Contains(tables, table) {
			return fmt.Errorf("quality.tables: no table %q, want one of %v", table, tables)
		}
		if err := q.Tables[table].check("quality.tables." + table); err != nil {
			return err
		}
	}
	return nil
}

func (l Limits) check(where string) error {
	if r := l.MaxRejectedRatio; r != nil && (*r < 0 || *r > 1) {
		return fmt.Errorf("%s.max_rejected_ratio: %g is not between 0 and 1", where, *r)
	}
	if n := l.MaxRejectedRows; n != nil && *n < 0 {
		return fmt.Errorf("%s.max_rejected_rows: %d is below 0", where, *n)
	}
	return nil
}
