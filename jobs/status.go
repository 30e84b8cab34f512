package jobs

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"panelwatch/configs"
	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
	"panelwatch/sql/warehouse"
)

// A Status is how the sources stand.
type Status struct {
	Sources     []SourceStatus `json:"sources"`
	UnknownApps []UnknownApp   `json:"unknown_apps"`
	Unclear     []Unclear      `json:"unclear_messages,omitempty"`
}

// A SourceStatus is what of a source is in force, and what is not.
type SourceStatus struct {
	Source      string       `json:"source"`
	Newest      *panel.Month `json:"newest_month"` // nil: nothing is in force
	Revision    int          `json:"revision,omitempty"`
	Basis       string       `json:"basis,omitempty"`
	PublishedAt *time.Time   `json:"published_at,omitempty"`
	Months      int          `json:"months"` // in force
	Due         []Pending    `json:"due,omitempty"`
	Refused     []Pending    `json:"refused,omitempty"`
	Unfinished  []string     `json:"unfinished,omitempty"` // folders without _SUCCESS
	Faults      []string     `json:"faults,omitempty"`     // why the source, or a manifest of it, cannot be read
}

// A Pending is a delivery that is not in force.
type Pending struct {
	Month    panel.Month `json:"month"`
	Revision int         `json:"revision"`
	Folder   string      `json:"folder"`
	Why      string      `json:"why,omitempty"`
}

// An UnknownApp is an app whose rows are held aside until somebody maps it.
type UnknownApp struct {
	Source     string      `json:"source"`
	Name       string      `json:"name"`
	FirstMonth panel.Month `json:"first_month"`
	LastMonth  panel.Month `json:"last_month"`
	Rows       int64       `json:"rows"`
	Nearest    []string    `json:"nearest,omitempty"` // names of the catalogue
}

// Status looks at the sources and the warehouse and changes neither.
func (j Job) Status(ctx context.Context) (s Status, err error) {
	standing, err := j.Warehouse.Standing(ctx)
	if err != nil {
		return s, err
	}
	for _, c := range j.Config.Sources {
		one, err := j.statusOf(ctx, c, standing)
		if err != nil {
			return s, err
		}
		s.Sources = append(s.Sources, one)
	}
	s.UnknownApps = j.unmapped(standing.Strangers)
	s.Unclear, err = j.Unclear(ctx)
	return s, err
}

func (j Job) statusOf(ctx context.Context, c configs.Source, standing warehouse.Standing) (SourceStatus, error) {
	s := SourceStatus{Source: c.Name}
	for _, n := range standing.Newest {
		if n.Source == c.Name {
			month, at := panel.MonthIn(n.MonthStart), n.PublishedAt.UTC()
			s.Newest, s.PublishedAt, s.Revision, s.Basis, s.Months = &month, &at, n.Revision, n.Basis, n.Months
		}
	}
	refused := map[Pending]bool{}
	for _, r := range standing.Refused {
		if r.Source == c.Name {
			p := Pending{Month: panel.MonthIn(r.MonthStart), Revision: r.Revision, Folder: r.Folder}
			refused[p] = true
			if r.Why != nil {
				p.Why = *r.Why
			}
			s.Refused = append(s.Refused, p)
		}
	}
	issues, err := j.Warehouse.Current(ctx, c.Name)
	if err != nil {
		return s, err
	}
	found, unfinished, err := extract.Find(c.Name, c.Landing())
	s.Unfinished, s.Faults = unfinished, faultsOf(err)
	for _, d := range newestOf(found) {
		p := Pending{Month: d.Manifest.Month, Revision: d.Manifest.Revision, Folder: d.Dir}
		if !inForce(issues, d) && !refused[p] {
			s.Due = append(s.Due, p)
		}
	}
	return s, nil
}

// newestOf keeps the newest delivery of each month, in order of month.
func newestOf(found []extract.Delivery) (newest []extract.Delivery) {
	for _, d := range found { // in order of month and revision
		if n := len(newest); n > 0 && newest[n-1].Manifest.Month == d.Manifest.Month {
			newest = newest[:n-1]
		}
		newest = append(newest, d)
	}
	return newest
}

// inForce says whether a delivery, the same content, or a newer revision of its
// month is.
func inForce(issues []warehouse.Issue, d extract.Delivery) bool {
	return slices.ContainsFunc(issues, func(i warehouse.Issue) bool {
		return i.Month() == d.Manifest.Month && (i.Identity == d.Identity || i.Content == d.Content || i.Revision > d.Manifest.Revision)
	})
}

// faultsOf are the texts of joined errors.
func faultsOf(err error) (texts []string) {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range joined.Unwrap() {
			texts = append(texts, faultsOf(e)...)
		}
		return texts
	}
	var data *extract.DataError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &data):
		return []string{err.Error()}
	}
	return []string{"cannot be looked at: " + err.Error()}
}

// unmapped leaves out the apps that the catalogue has by now.
func (j Job) unmapped(strangers []warehouse.Stranger) (apps []UnknownApp) {
	cat := j.Config.Catalogue
	for _, x := range strangers {
		last := panel.MonthIn(x.Last)
		_, named := cat.Named(x.Name, last)
		_, is := cat.App(panel.AppID(x.Name))
		if named || is {
			continue
		}
		apps = append(apps, UnknownApp{
			Source: x.Source, Name: x.Name, FirstMonth: panel.MonthIn(x.First), LastMonth: last, Rows: x.Rows,
			Nearest: nearestNames(x.Name, cat.Names()),
		})
	}
	return apps
}

const mostNearest = 3

// nearestNames are the names that may be meant, the nearest first.
func nearestNames(name string, known []string) []string {
	var near []string
	for _, k := range known {
		if panel.Nearest(name, []string{k}) != "" {
			near = append(near, k)
		}
	}
	slices.SortStableFunc(near, func(a, b string) int { return cmp.Compare(panel.Edits(name, a), panel.Edits(name, b)) })
	return near[:min(len(near), mostNearest)]
}
