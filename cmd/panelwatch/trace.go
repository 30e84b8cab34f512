package main

import (
	"errors"
	"fmt"
	"io"
	"math"
	"slices"

	"panelwatch/etl/indicator"
	"panelwatch/etl/panel"
	"panelwatch/jobs"
	"panelwatch/sql/warehouse"
)

type traceCommand struct {
	ID          string      `arg:"" optional:"" help:"Column trace_id of v_indicator."`
	Find        bool        `help:"Find the number by what it is instead."`
	Source      string      `help:"With --find: source of the configuration." placeholder:"NAME"`
	Month       panel.Month `help:"With --find: month of observation." placeholder:"YYYY-MM"`
	Publication int64       `help:"With --find: publication; without it the one in force." placeholder:"N"`
	Indicator   string      `help:"With --find: indicator, such as mud, rank or hourly_share." placeholder:"NAME"`
	App         panel.AppID `help:"With --find: id of the app, * for 全网." placeholder:"ID"`
	Dimension   string      `help:"With --find: dimension; list, with and hour for places, pairs and hours." default:"all" placeholder:"NAME"`
	Member      string      `help:"With --find: member of the dimension." default:"all" placeholder:"NAME"`
	Format      string      `help:"text, or json: one object, in base units." enum:"text,json" default:"text"`
}

func (c *traceCommand) check() error {
	switch {
	case c.Find == (c.ID != ""):
		return usageError{errors.New("trace wants an id, or --find")}
	case c.Find && (c.Indicator == "" || c.App == ""):
		return usageError{errors.New("--find wants --indicator and --app")}
	case c.Find && c.Publication == 0 && (c.Source == "" || c.Month == 0):
		return usageError{errors.New("--find wants --source and --month, or --publication")}
	}
	return nil
}

// Run leads from a number to its bytes and back.
func (c *traceCommand) Run(w *world) error {
	if err := c.check(); err != nil {
		return err
	}
	return w.asking(func(j jobs.Job) (err error) {
		tracer, id := j.Tracer(), c.ID
		if c.Find {
			id, err = tracer.Find(w.ctx, jobs.Sought{
				Source: c.Source, Month: c.Month, Publication: c.Publication, Indicator: c.Indicator, App: c.App,
				Segment: panel.Segment{Dimension: c.Dimension, Member: c.Member},
			})
			if err != nil {
				return err
			}
		}
		x, err := tracer.Trace(w.ctx, id)
		if err != nil {
			return err
		}
		if c.Format == "json" {
			err = w.traceJSON(x)
		} else {
			err = printTrace(w.stdout, x)
		}
		if err == nil && !x.Equal {
			err = fmt.Errorf("%w: %s is published as %s, computed as %s", jobs.ErrNotEqual, x.ID, number(x.Row.Value), number(x.Again))
		}
		return err
	})
}

func number(v float64) string {
	if math.IsNaN(v) {
		return "NULL"
	}
	return exact(v)
}

func printTrace(to io.Writer, x jobs.Trace) error {
	r, e := x.Row, x.Edition
	fmt.Fprintf(to, "%s  %s %s of %s, %s, %s\n", x.ID, r.Indicator, x.Definition.Zh, r.App, segment(r.Segment), e.Month())
	fmt.Fprintf(to, "value        %s (%s), se %s, basis %s, flags %v\n", number(r.Value), shown(r.Value, x.Definition.Unit, false), number(r.SE), r.Basis, r.Flags)
	fmt.Fprintf(to, "formula      %s\n", x.Definition.Formula)
	if r.N > 0 {
		fmt.Fprintf(to, "devices      %d in the panel\n", r.N)
	}
	printInputs(to, x.From)
	fmt.Fprintf(to, "publication  %d: %s %s %s, %s, program %s\n", e.PublicationID, e.Source, e.Month(), jobs.EditionOf(e),
		e.PublishedAt.Format("2006-01-02 15:04:05 UTC"), e.CodeVersion)
	for _, m := range x.Months {
		printMonth(to, m)
	}
	verdict := "equal"
	if !x.Equal {
		verdict = "NOT equal"
	}
	_, err := fmt.Fprintf(to, "again        %s, computed from the archive: %s\n", number(x.Again), verdict)
	return err
}

func printInputs(to io.Writer, d *indicator.Derivation) {
	if d == nil {
		return
	}
	if d.Replicated {
		low, high := spread(d)
		fmt.Fprintf(to, "replicates   %d, from %s to %s\n", panel.Groups, number(low), number(high))
	}
	for _, q := range d.Inputs {
		fmt.Fprintf(to, "input        %s %s %s: %s", q.Month, q.Key.App, segment(q.Key.Segment), number(q.Value()))
		if q.Constant {
			fmt.Fprint(to, " (control total)")
		}
		fmt.Fprintln(to)
	}
}

// spread is the smallest and the largest replicate.
func spread(d *indicator.Derivation) (low, high float64) {
	return slices.Min(d.Estimate[1:]), slices.Max(d.Estimate[1:])
}

func printMonth(to io.Writer, m jobs.TracedMonth) {
	fmt.Fprintf(to, "delivery     %s %s revision %d, identity %s\n", m.Issue.Source, m.Issue.Month(), m.Issue.Revision, m.Issue.Identity)
	for _, f := range m.Files {
		if lines := linesOf(m, f); len(lines) > 0 || m.Issue.Basis == string(panel.FromPanel) {
			fmt.Fprintf(to, "  file       %s (%s), sha256 %s, %d of %d rows loaded\n", f.Name, f.Table, f.SHA256, f.Loaded, f.Read)
			for _, l := range lines {
				fmt.Fprintf(to, "    line %-4d %s %s\n", l.Line, l.Measure, number(l.Value))
			}
		}
	}
}

func linesOf(m jobs.TracedMonth, f warehouse.TracedFile) (lines []jobs.TracedLine) {
	for _, l := range m.Lines {
		if l.File == f.Name {
			lines = append(lines, l)
		}
	}
	return lines
}
