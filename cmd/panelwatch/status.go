package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"panelwatch/jobs"
)

type statusCommand struct {
	Format string `help:"text, or json: one object." enum:"text,json" default:"text"`
}

// Run tells how the sources stand: what is in force, what is due or refused,
// and the apps that somebody has to map.
func (c *statusCommand) Run(w *world) error {
	config, err := w.loadConfig()
	if err != nil {
		return err
	}
	house, err := w.readyWarehouse()
	if err != nil {
		return err
	}
	defer func() { _ = house.Close() }()
	s, err := jobs.Job{Config: config, Warehouse: house, Now: time.Now}.Status(w.ctx)
	if err != nil {
		return err
	}
	if c.Format == "json" {
		out := json.NewEncoder(w.stdout)
		out.SetEscapeHTML(false)
		out.SetIndent("", "  ")
		return out.Encode(s)
	}
	return w.printStatus(s)
}

func (w *world) printStatus(s jobs.Status) error {
	t := tabwriter.NewWriter(w.stdout, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "SOURCE\tNEWEST\tREVISION\tBASIS\tPUBLISHED\tMONTHS\tDUE\tREFUSED")
	for _, x := range s.Sources {
		newest, published := "-", "-"
		if x.Newest != nil {
			newest, published = x.Newest.String(), x.PublishedAt.Format(time.RFC3339)
		}
		fmt.Fprintf(t, "%s\t%s\t%d\t%s\t%s\t%d\t%d\t%d\n", x.Source, newest, x.Revision, orDash(x.Basis), published, x.Months, len(x.Due), len(x.Refused))
	}
	if err := t.Flush(); err != nil {
		return err
	}
	for _, x := range s.Sources {
		w.printPending(x)
	}
	if err := w.printUnknown(s.UnknownApps); err != nil {
		return err
	}
	for _, m := range s.Unclear {
		fmt.Fprintf(w.stdout, "unclear     %s %s %s to %s, tried %s: %s\n", m.Kind, m.Month, m.Subject, m.Channel, m.Attempted.Format(time.RFC3339), m.Why)
		fmt.Fprintf(w.stdout, "            -> the next run looks for it; by webhook, look into the channel: panelwatch alerts settle --channel %s --month %s --arrived (or --absent)\n", m.Channel, m.Month)
	}
	return nil
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

func (w *world) printPending(x jobs.SourceStatus) {
	for _, p := range x.Due {
		fmt.Fprintf(w.stdout, "due         %s %s revision %d in %s\n", x.Source, p.Month, p.Revision, p.Folder)
	}
	for _, p := range x.Refused {
		fmt.Fprintf(w.stdout, "refused     %s %s revision %d: %s\n", x.Source, p.Month, p.Revision, strings.ReplaceAll(p.Why, "\n", "; "))
	}
	for _, dir := range x.Unfinished {
		fmt.Fprintf(w.stdout, "unfinished  %s %s\n", x.Source, dir)
	}
	for _, f := range x.Faults {
		fmt.Fprintf(w.stdout, "fault       %s %s\n", x.Source, f)
	}
}

func (w *world) printUnknown(apps []jobs.UnknownApp) error {
	if len(apps) == 0 {
		return nil
	}
	fmt.Fprintln(w.stdout, "\nApps that the catalogue does not have; their rows are held aside until apps.yaml names them:")
	t := tabwriter.NewWriter(w.stdout, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "SOURCE\tAPP\tFIRST\tLAST\tROWS\tNEAREST")
	for _, a := range apps {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%d\t%s\n", a.Source, a.Name, a.FirstMonth, a.LastMonth, a.Rows, orDash(strings.Join(a.Nearest, ", ")))
	}
	return t.Flush()
}
