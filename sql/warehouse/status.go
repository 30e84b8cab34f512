package warehouse

import (
	"context"
	"fmt"
	"time"
)

// A Newest is the newest month of a source in force.
type Newest struct {
	Source      string    `db:"source"`
	MonthStart  time.Time `db:"month_start"`
	Revision    int       `db:"revision"`
	Basis       string    `db:"basis"`
	PublishedAt time.Time `db:"published_at"`
	Identity    string    `db:"identity"`
	Months      int       `db:"months"` // in force
}

// A Refusal is a delivery that was refused and not healed since.
type Refusal struct {
	Source     string    `db:"source"`
	MonthStart time.Time `db:"month_start"`
	Revision   int       `db:"revision"`
	Why        *string   `db:"refusal"`
	Folder     string    `db:"folder"`
	At         time.Time `db:"loaded_at"`
}

// A Stranger is an app that rows speak of and that was not in the catalogue
// when they were read.
type Stranger struct {
	Source string    `db:"source"`
	Name   string    `db:"raw_value"`
	First  time.Time `db:"first_month"`
	Last   time.Time `db:"last_month"`
	Rows   int64     `db:"row_count"`
}

// Standing is what the warehouse can say of its sources.
type Standing struct {
	Newest    []Newest
	Refused   []Refusal
	Strangers []Stranger
}

// Standing reads how the sources stand, each list in order of source.
func (w *Warehouse) Standing(ctx context.Context) (s Standing, err error) {
	for _, read := range []struct {
		name string
		into any
	}{
		{"status_months", &s.Newest}, {"status_refused", &s.Refused}, {"status_unknown_apps", &s.Strangers},
	} {
		if err := w.db.SelectContext(ctx, read.into, query(read.name)); err != nil {
			return s, fmt.Errorf("%s: %w", read.name, err)
		}
	}
	return s, nil
}
