package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"text/tabwriter"
	"time"

	"panelwatch/etl/panel"
	"panelwatch/jobs"
)

type diffCommand struct {
	Month  panel.Month `help:"Month of observation." required:"" placeholder:"YYYY-MM"`
	Source string      `help:"Source of the configuration." required:"" placeholder:"NAME"`
	From   string      `help:"Revision to begin at, such as r1, or r1.2 for its second reading; without it the one before." placeholder:"rN"`
	To     string      `help:"Revision to end at; without it what is in force." placeholder:"rN"`
	Format string      `help:"text, csv or json (one object a line); csv and json have base units." enum:"text,csv,json" default:"text"`
}

// Run lists what moved between two publications of a month.
func (c *diffCommand) Run(w *world) error {
	return w.asking(func(j jobs.Job) error {
		d, err := j.Diff(w.ctx, c.Source, c.Month, c.From, c.To)
		if err != nil {
			return err
		}
		switch c.Format {
		case "csv":
			return w.diffCSV(d)
		case "json":
			return w.diffLines(d)
		}
		return w.printDiff(d, len(d.Moves))
	})
}

// asking gives a job that only reads to who asks something of the warehouse.
func (w *world) asking(ask func(jobs.Job) error) error {
	config, err := w.loadConfig()
	if err != nil {
		return err
	}
	house, err := w.readyWarehouse()
	if err != nil {
		return err
	}
	defer func() { _ = house.Close() }()
	kept, err := w.openArchive(config)
	if err != nil {
		return err
	}
	return ask(jobs.Job{Config: config, Warehouse: house, Archive: kept, Log: w.logger(""), Now: time.Now, Version: version})
}

// printDiff counts all moves and shows the first of them.
func (w *world) printDiff(d jobs.Difference, most int) error {
	count := map[jobs.Significant]int{}
	for _, m := range d.Moves {
		count[m.Beyond]++
	}
	fmt.Fprintf(w.stdout, "%s %s, %s of %s (publication %d) to %s of %s (publication %d): %d numbers moved, %d did not\n",
		d.To.Source, d.To.Month(), jobs.EditionOf(d.From), d.From.PublishedAt.Format(time.DateOnly), d.From.PublicationID,
		jobs.EditionOf(d.To), d.To.PublishedAt.Format(time.DateOnly), d.To.PublicationID, len(d.Moves), d.Same)
	if len(d.Moves) == 0 {
		return nil
	}
	fmt.Fprintf(w.stdout, "beyond the sampling error of the difference: %d yes, %d no, %d not known\n\n",
		count[jobs.Beyond], count[jobs.Within], count[jobs.Unknown])
	t := tabwriter.NewWriter(w.stdout, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "INDICATOR\tAPP\tSEGMENT\tWAS\tIS\tCHANGE\tSE\tBEYOND")
	for _, m := range d.Moves[:min(most, len(d.Moves))] {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", m.Key.Indicator, m.Key.App, segment(m.Key.Segment),
			shown(m.Was, m.Unit, false), shown(m.Is, m.Unit, false), shown(m.Change, m.Unit, true), shown(m.SE, m.Unit, true), m.Beyond)
	}
	return t.Flush()
}

func segment(s panel.Segment) string {
	if s == panel.All {
		return "-"
	}
	return s.Dimension + "=" + s.Member
}

// shown is a number as the report prints it: 万台, percent, and percentage
// points for a difference of percents.
func shown(v float64, unit string, difference bool) string {
	switch {
	case math.IsNaN(v):
		return "-"
	case unit == "devices":
		return panel.Decimal(v, -4, 2) + " 万台"
	case (unit == "ratio" || unit == "ratio_per_month") && difference:
		return panel.Decimal(v, 2, 2) + " pp"
	case unit == "ratio" || unit == "ratio_per_month":
		return panel.Decimal(v, 2, 2) + " %"
	case unit == "pp":
		return panel.Decimal(v, 0, 2) + " pp"
	case unit == "rank" || unit == "bool":
		return panel.Decimal(v, 0, 0)
	}
	return panel.Decimal(v, 0, 2)
}

func (w *world) diffCSV(d jobs.Difference) error {
	out := csv.NewWriter(w.stdout)
	rows := [][]string{{"source", "month", "from", "to", "indicator", "app", "dimension", "member", "unit", "was", "is", "change", "se", "beyond"}}
	for _, m := range d.Moves {
		rows = append(rows, []string{
			d.To.Source, d.To.Month().String(), jobs.EditionOf(d.From), jobs.EditionOf(d.To), m.Key.Indicator, string(m.Key.App),
			m.Key.Segment.Dimension, m.Key.Segment.Member, m.Unit, exact(m.Was), exact(m.Is), exact(m.Change), exact(m.SE), string(m.Beyond),
		})
	}
	return out.WriteAll(rows)
}

// exact is a number in full, empty where there is none.
func exact(v float64) string {
	if math.IsNaN(v) {
		return ""
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// diffLines writes one JSON object a line; fields are only ever added.
func (w *world) diffLines(d jobs.Difference) error {
	out := json.NewEncoder(w.stdout)
	out.SetEscapeHTML(false)
	for _, m := range d.Moves {
		err := out.Encode(struct {
			Source    string           `json:"source"`
			Month     panel.Month      `json:"month"`
			From      string           `json:"from"`
			To        string           `json:"to"`
			Indicator string           `json:"indicator"`
			App       panel.AppID      `json:"app"`
			Dimension string           `json:"dimension"`
			Member    string           `json:"member"`
			Unit      string           `json:"unit"`
			Was       *float64         `json:"was"`
			Is        *float64         `json:"is"`
			Change    *float64         `json:"change"`
			SE        *float64         `json:"se"`
			Beyond    jobs.Significant `json:"beyond"`
		}{
			d.To.Source, d.To.Month(), jobs.EditionOf(d.From), jobs.EditionOf(d.To), m.Key.Indicator, m.Key.App,
			m.Key.Segment.Dimension, m.Key.Segment.Member, m.Unit, known(m.Was), known(m.Is), known(m.Change), known(m.SE), m.Beyond,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// known is nil where there is no number.
func known(v float64) *float64 {
	if math.IsNaN(v) {
		return nil
	}
	return &v
}
