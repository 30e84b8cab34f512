package main

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"panelwatch/etl/panel"
	"panelwatch/jobs"
	"panelwatch/sql/warehouse"
)

type rejectsCommand struct {
	List   rejectsList   `cmd:"" help:"Show the rows held back of what is in force and of what was refused."`
	Export rejectsExport `cmd:"" help:"The same as CSV for a spreadsheet: cells that it would take for formulas get an apostrophe."`
	Replay rejectsReplay `cmd:"" help:"After a fix of contract or catalogue: read the archived delivery again, and publish it if rows that were held back load now."`
}

type rejectsFilter struct {
	Source string      `help:"Only this source." placeholder:"NAME"`
	Month  panel.Month `help:"Only this month." placeholder:"YYYY-MM"`
	Rule   string      `help:"Only this rule, such as negative." placeholder:"RULE"`
}

// rows reads the rejects, and how many rows were held back in all.
func (f rejectsFilter) rows(w *world) (rows []warehouse.Rejected, rejected, kept int, err error) {
	house, err := w.readyWarehouse()
	if err != nil {
		return nil, 0, 0, err
	}
	defer func() { err = errors.Join(err, house.Close()) }()
	filter := warehouse.RejectFilter(f)
	if rows, err = house.Rejects(w.ctx, filter); err != nil {
		return nil, 0, 0, err
	}
	rejected, kept, err = house.RejectCounts(w.ctx, filter)
	return rows, rejected, kept, err
}

type rejectsList struct {
	rejectsFilter
	Format string `help:"text, csv or json (one object a line); csv and json give values exactly as delivered." enum:"text,csv,json" default:"text"`
}

func (c *rejectsList) Run(w *world) error {
	rows, rejected, kept, err := c.rows(w)
	if err != nil {
		return err
	}
	switch c.Format {
	case "csv":
		return writeRejects(w.stdout, rows, asDelivered)
	case "json":
		return writeRejectLines(w.stdout, rows)
	}
	for _, r := range rows {
		fmt.Fprintf(w.stdout, "%s %s revision %d (%s): %s\n", r.Source, panel.MonthIn(r.MonthStart), r.Revision, r.Status, r.Message)
	}
	_, err = fmt.Fprintf(w.stdout, "%d rows shown; %d were held back, %d of them kept with their place (quality.keep_rejects)\n", len(rows), rejected, kept)
	return err
}

// writeRejectLines writes one JSON object a line; fields are only ever added.
func writeRejectLines(to io.Writer, rows []warehouse.Rejected) error {
	out := json.NewEncoder(to)
	out.SetEscapeHTML(false)
	for _, r := range rows {
		line := struct {
			Source   string      `json:"source"`
			Month    panel.Month `json:"month"`
			Revision int         `json:"revision"`
			Status   string      `json:"status"`
			File     string      `json:"file"`
			Line     int         `json:"line"`
			Cell     string      `json:"cell"`
			Column   string      `json:"column"`
			Value    string      `json:"value"`
			Rule     string      `json:"rule"`
			Hint     string      `json:"hint"`
			Message  string      `json:"message"`
		}{
			r.Source, panel.MonthIn(r.MonthStart), r.Revision, string(r.Status), r.File, r.Line, r.Cell, r.Column,
			r.Raw, r.Rule, r.Hint, r.Message,
		}
		if err := out.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

type rejectsExport struct {
	rejectsFilter
	To string `help:"File to write; standard output without it." type:"path" placeholder:"FILE"`
}

func (c *rejectsExport) Run(w *world) (err error) {
	rows, _, _, err := c.rows(w)
	if err != nil {
		return err
	}
	if c.To == "" {
		return writeRejects(w.stdout, rows, neutral)
	}
	f, err := os.Create(c.To)
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return errors.Join(writeRejects(f, rows, neutral), f.Close())
}

func writeRejects(to io.Writer, rows []warehouse.Rejected, cell func(string) string) error {
	out := csv.NewWriter(to)
	head := []string{"source", "month", "revision", "status", "file", "line", "cell", "column", "value", "rule", "hint", "message"}
	if err := out.Write(head); err != nil {
		return err
	}
	for _, r := range rows {
		cells := []string{
			r.Source, panel.MonthIn(r.MonthStart).String(), strconv.Itoa(r.Revision), string(r.Status), r.File,
			strconv.Itoa(r.Line), r.Cell, r.Column, r.Raw, r.Rule, r.Hint, r.Message,
		}
		for i := range cells {
			cells[i] = cell(cells[i])
		}
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func asDelivered(cell string) string { return cell }

// neutral puts an apostrophe before what a spreadsheet would take for a
// formula: a vendor's cell must not run on the desk of who looks at it.
func neutral(cell string) string {
	if strings.IndexAny(cell, "=+-@\t\r") == 0 {
		return "'" + cell
	}
	return cell
}

type rejectsReplay struct {
	Source string      `help:"Source of the configuration." required:"" placeholder:"NAME"`
	Month  panel.Month `help:"Month of the delivery." required:"" placeholder:"YYYY-MM"`
	Silent bool        `help:"Judge, but write no messages."`
}

func (c *rejectsReplay) Run(w *world) error {
	return w.once("replay", jobs.Options{Silent: c.Silent, Replay: jobs.Replay{Source: c.Source, Month: c.Month}}, outputs{})
}
