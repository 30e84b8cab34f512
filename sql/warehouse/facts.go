package warehouse

import (
	"iter"
	"maps"
	"slices"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
	"panelwatch/etl/tabulate"
)

// Facts are what a delivery says, before any formula: the estimates of a
// panel, or the values of an aggregate extract.
type Facts struct {
	Panel  *tabulate.Tables
	Pairs  []panel.Pair // pairs whose overlap is kept with its replicates
	Vendor []extract.Value
}

// estimateRows come in the order of the table's key.
func estimateRows(id int64, t *tabulate.Tables) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		for _, k := range slices.SortedFunc(maps.Keys(t.Cells), panel.Key.Compare) {
			c := t.Cells[k]
			row := []any{id, string(k.App), k.Segment.Dimension, k.Segment.Member, 0, 0, 0, 0, 0, c.N}
			for g := range c.Devices {
				row[4], row[5], row[6], row[7], row[8] = g, c.Devices[g], c.DeviceDays[g], c.Uses[g], c.Seconds[g]
				if !yield(row) {
					return
				}
			}
		}
	}
}

func overlapRows(id int64, f Facts) (rows [][]any) {
	for _, o := range f.Panel.Overlaps {
		if !slices.Contains(f.Pairs, o.Pair) && !slices.Contains(f.Pairs, panel.Pair{A: o.B, B: o.A}) {
			continue
		}
		for g, devices := range o.Devices {
			rows = append(rows, []any{id, o.A, o.B, g, devices, o.N})
		}
	}
	return rows
}

func dailyRows(id int64, t *tabulate.Tables) (rows [][]any) {
	for _, d := range t.Daily {
		day := t.Month.Start().AddDate(0, 0, d.Day-1)
		rows = append(rows, []any{id, d.App, day, d.Devices[0], d.Devices.StandardError(), d.N})
	}
	return rows
}

func valueRows(id int64, values []extract.Value) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		for _, v := range values {
			if !yield([]any{
				id, v.File, v.Line, v.Measure, v.App, v.Other, v.List, v.Network,
				v.Segment.Dimension, v.Segment.Member, decimal(v.Value),
			}) {
				return
			}
		}
	}
}
