package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"text/tabwriter"

	"panelwatch/alerts/expect"
	"panelwatch/alerts/seriesfile"
	"panelwatch/configs"
	"panelwatch/etl/panel"
)

type expectCommand struct {
	File   string `arg:"" help:"CSV with the columns series, month and value, and se and profile where they are known; - reads stdin."`
	Format string `help:"text, or jsonl: one object a line." enum:"text,jsonl" default:"text"`
}

// Run judges the newest month of each series of a file, by the calendar of the
// configuration; no warehouse is asked.
func (c *expectCommand) Run(w *world) error {
	config, err := w.loadConfig()
	if err != nil {
		return err
	}
	series, err := c.read(profilesOf(config))
	if err != nil {
		return err
	}
	judged := expect.Newest(expect.Structural{Calendar: config.Calendar}, series)
	if c.Format == "jsonl" {
		return expectLines(w.stdout, judged)
	}
	return expectTable(w.stdout, judged)
}

func (c *expectCommand) read(profiles []string) ([]expect.Subject, error) {
	if c.File == "-" {
		return seriesfile.Read(os.Stdin, "stdin", profiles)
	}
	f, err := os.Open(c.File)
	if err != nil {
		return nil, usageError{err}
	}
	series, err := seriesfile.Read(f, c.File, profiles)
	return series, errors.Join(err, f.Close())
}

// profilesOf are those that some app of the catalogue has.
func profilesOf(c *configs.Config) (out []string) {
	for _, a := range c.Catalogue.Apps {
		out = append(out, a.Profile)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// An expectLine is a judged series as JSON; fields are only ever added.
// Numbers that are not there are null.
type expectLine struct {
	Series   string       `json:"series"`
	Month    *panel.Month `json:"month"`
	Value    *float64     `json:"value"`
	Expected *float64     `json:"expected"`
	Low      *float64     `json:"low"`
	High     *float64     `json:"high"`
	Z        *float64     `json:"z"`
	P        *float64     `json:"p"`
	Class    expect.Class `json:"class,omitempty"`
	Parts    *expectParts `json:"parts"`
	Reason   string       `json:"reason,omitempty"` // why nothing could be judged
	Note     string       `json:"note,omitempty"`
}

// expectParts make up the expectation: level * (1 + trend/100) * (1 +
// season/100) * (1 + holiday/100).
type expectParts struct {
	Level   float64 `json:"level"` // in the unit of value
	Trend   float64 `json:"trend"` // percent, like the others
	Season  float64 `json:"season"`
	Holiday float64 `json:"holiday"`
}

func expectLines(to io.Writer, judged []expect.Verdict) error {
	out := json.NewEncoder(to)
	out.SetEscapeHTML(false)
	for _, v := range judged {
		line := expectLine{Series: v.Name, Value: known(v.Newest.Value), Reason: v.Reason, Note: v.Note}
		if v.Newest.Month != 0 {
			line.Month = &v.Newest.Month
		}
		if f := v.Forecast; v.Reason == "" {
			z, p := f.Z(v.Newest.Value), f.P(v.Newest.Value)
			line.Expected, line.Low, line.High, line.Z, line.P = &f.Expected, known(finite(f.Low)), known(finite(f.High)), &z, &p
			line.Class = v.Class
			line.Parts = &expectParts{f.Parts.Level, 100 * f.Parts.Trend, 100 * f.Parts.Season, 100 * f.Parts.Holiday}
		}
		if err := out.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

// finite is NaN for a bound that is beyond all numbers.
func finite(v float64) float64 {
	if math.IsInf(v, 0) {
		return math.NaN()
	}
	return v
}

func expectTable(to io.Writer, judged []expect.Verdict) error {
	t := tabwriter.NewWriter(to, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "SERIES\tMONTH\tVALUE\tEXPECTED\t95 % INTERVAL\tZ\tP\tCLASS\tTREND\tSEASON\tHOLIDAY")
	for _, v := range judged {
		if v.Reason != "" {
			fmt.Fprintf(t, "%s\t%s\t%s\tnot judged: %s\n", v.Name, v.Newest.Month, figure(v.Newest.Value), v.Reason)
			continue
		}
		f, part := v.Forecast, func(factor float64) string { return panel.Decimal(factor, 2, 1) + " %" }
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s to %s\t%.1f\t%.2g\t%s\t%s\t%s\t%s\n", v.Name, v.Newest.Month, figure(v.Newest.Value),
			figure(f.Expected), figure(f.Low), figure(f.High), f.Z(v.Newest.Value), f.P(v.Newest.Value), v.Class,
			part(f.Parts.Trend), part(f.Parts.Season), part(f.Parts.Holiday))
		if v.Note != "" {
			fmt.Fprintf(t, "\t\t\t%s\n", v.Note)
		}
	}
	return t.Flush()
}

// figure is a number with five digits that count; an exponent only where there
// would be many zeros.
func figure(v float64) string {
	a := math.Abs(v)
	switch {
	case math.IsNaN(v):
		return "-"
	case a != 0 && (a < 1e-4 || a >= 1e15):
		return fmt.Sprintf("%.4e", v)
	case a < 1:
		return fmt.Sprintf("%.5g", v)
	}
	return fmt.Sprintf("%.*f", max(0, 4-int(math.Log10(a))), v)
}
