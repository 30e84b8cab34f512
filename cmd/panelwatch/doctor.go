package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"panelwatch/alerts/slack"
	"panelwatch/jobs/doctor"
	"panelwatch/sql/warehouse"
)

type doctorCommand struct {
	Format string `help:"text, or json: one object with every line and the exit code." enum:"text,json" default:"text"`
}

// Run is of use with nothing configured: then it says what to set.
func (c *doctorCommand) Run(w *world) error {
	lines := doctor.Examine(w.ctx, w.patient())
	for i := range lines {
		lines[i].Says = w.redact(lines[i].Says)
	}
	failed := doctor.Failed(lines)
	if failed != nil {
		failed = examined{failed, lines}
	}
	if c.Format == "json" {
		return firstOf(w.printExamination(lines, exitCode(w.ctx, failed)), failed)
	}
	return firstOf(w.printLines(lines), failed)
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// examined is the end of an examination that found a failure: the lines have
// said what it is.
type examined struct {
	error
	lines []doctor.Line
}

func (e examined) Error() string {
	n := map[doctor.State]int{}
	for _, l := range e.lines {
		n[l.State]++
	}
	return fmt.Sprintf("doctor: %d failed, %d to note, %d in order", n[doctor.Fail], n[doctor.Warn], n[doctor.OK])
}

func (e examined) Unwrap() error { return e.error }

func (w *world) patient() doctor.Patient {
	dsn, dsnErr := w.dsn()
	config, configErr := w.loadConfig()
	p := doctor.Patient{
		Config: config, ConfigErr: configErr, DSN: dsn != "" || dsnErr != nil,
		Open:   func(context.Context) (*warehouse.Warehouse, error) { return w.openWarehouse() },
		Secret: func(name string) (string, error) { return w.secret(name) },
		Archive: func() (doctor.Archive, error) {
			kept, err := w.openArchive(config)
			return kept, err
		},
		Getenv: w.getenv, Now: time.Now, Memory: containerMemory(os.ReadFile),
	}
	p.Slack = func() (slack.Inspector, error) { return w.messenger(config) }
	return p
}

func (w *world) printLines(lines []doctor.Line) error {
	t := tabwriter.NewWriter(w.stdout, 0, 4, 2, ' ', 0)
	for _, l := range lines {
		says := strings.ReplaceAll(strings.TrimSpace(l.Says), "\n", "\n\t\t")
		fmt.Fprintf(t, "%s\t%s\t%s\n", l.State, l.Check, says)
		if l.Do != "" {
			fmt.Fprintf(t, "\t\t-> %s\n", l.Do)
		}
	}
	return t.Flush()
}

func (w *world) printExamination(lines []doctor.Line, code int) error {
	out := json.NewEncoder(w.stdout)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(struct {
		ExitCode int           `json:"exit_code"`
		Lines    []doctor.Line `json:"lines"`
	}{code, lines})
}
