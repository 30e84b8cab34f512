package main

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"io"
	"maps"
	"slices"
	"strconv"
	"time"

	"panelwatch/etl/panel"
	"panelwatch/etl/tabulate"
)

// A rowWriter writes the rows of a table, its header first.
type rowWriter interface {
	Write(row []string) error
	Flush() error
}

// write streams the table that was asked for.
func (c *tabulateCommand) write(to io.Writer, t *tabulate.Tables) error {
	var out rowWriter = csvRows{csv.NewWriter(to)}
	if c.Format == "json" {
		out = &jsonRows{w: bufio.NewWriter(to)}
	}
	write := c.writeEstimates
	switch c.Table {
	case "daily":
		write = writeDaily
	case "overlap":
		write = writeOverlaps
	}
	if err := write(out, t); err != nil {
		return err
	}
	return out.Flush()
}

func (c *tabulateCommand) writeEstimates(out rowWriter, t *tabulate.Tables) error {
	head := []string{"month", "app", "dimension", "member", "replicate", "devices", "device_days", "uses", "seconds", "n_devices"}
	if err := out.Write(head); err != nil {
		return err
	}
	last := 0
	if c.Replicates {
		last = panel.Groups
	}
	for _, k := range slices.SortedFunc(maps.Keys(t.Cells), panel.Key.Compare) {
		cell := t.Cells[k]
		for g := range last + 1 {
			err := out.Write([]string{
				t.Month.String(), string(k.App), k.Segment.Dimension, k.Segment.Member, strconv.Itoa(g),
				decimal(cell.Devices[g]), decimal(cell.DeviceDays[g]), decimal(cell.Uses[g]), decimal(cell.Seconds[g]),
				strconv.Itoa(cell.N),
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func writeDaily(out rowWriter, t *tabulate.Tables) error {
	if err := out.Write([]string{"month", "app", "day", "devices", "n_devices"}); err != nil {
		return err
	}
	for _, d := range t.Daily {
		day := t.Month.Start().AddDate(0, 0, d.Day-1).Format(time.DateOnly)
		err := out.Write([]string{t.Month.String(), string(d.App), day, decimal(d.Devices[0]), strconv.Itoa(d.N)})
		if err != nil {
			return err
		}
	}
	return nil
}

func writeOverlaps(out rowWriter, t *tabulate.Tables) error {
	if err := out.Write([]string{"month", "app_a", "app_b", "devices", "n_devices"}); err != nil {
		return err
	}
	all := slices.Clone(t.Loose)
	for _, o := range t.Overlaps {
		all = append(all, tabulate.LooseOverlap{Pair: o.Pair, Devices: o.Devices[0], N: o.N})
	}
	slices.SortFunc(all, func(x, y tabulate.LooseOverlap) int { return x.Compare(y.Pair) })
	for _, o := range all {
		err := out.Write([]string{t.Month.String(), string(o.A), string(o.B), decimal(o.Devices), strconv.Itoa(o.N)})
		if err != nil {
			return err
		}
	}
	return nil
}

func decimal(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

type csvRows struct{ *csv.Writer }

// Flush writes what is left.
func (c csvRows) Flush() error {
	c.Writer.Flush()
	return c.Error()
}

// words are the columns whose cells are text; all others are numbers.
var words = []string{"month", "app", "dimension", "member", "day", "app_a", "app_b"}

// jsonRows writes every row below the header as an object on a line of its
// own, with the header's names.
type jsonRows struct {
	w    *bufio.Writer
	head []string
	line []byte
}

// Write takes the header first.
func (j *jsonRows) Write(row []string) error {
	if j.head == nil {
		j.head = slices.Clone(row)
		return nil
	}
	j.line = append(j.line[:0], '{')
	for i, name := range j.head {
		if i > 0 {
			j.line = append(j.line, ',')
		}
		j.line = append(strconv.AppendQuote(j.line, name), ':')
		if !slices.Contains(words, name) {
			j.line = append(j.line, row[i]...)
			continue
		}
		text, err := json.Marshal(row[i])
		if err != nil {
			return err
		}
		j.line = append(j.line, text...)
	}
	_, err := j.w.Write(append(j.line, "}\n"...))
	return err
}

// Flush writes what is left.
func (j *jsonRows) Flush() error { return j.w.Flush() }
