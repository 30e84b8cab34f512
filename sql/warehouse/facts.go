package warehouse

import (
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

func estimateRows(id int64, t *tabulate.Tables) (rows [][]any) {
	for _, k := range slices.SortedFunc(maps.Keys(t.Cells), panel.Key.Compare) {
		c := t.Cells[k]
		for g := range c.Devices {
			rows = append(rows, []any{
				id, k.App, k.Segment.Dimension, k.Segment.Member, g,
				c.Devices[g], c.DeviceDays[g], c.Uses[g], c.Seconds[g], c.N,
			})
		}
	}
	return rows
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

func valueRows(id int64, values []extract.Value) (rows [][]any) {
	for _, v := range values {
		rows = append(rows, []any{
			id, v.File, v.Line, v.Measure, v.App, v.Other, v.List, v.Network,
			v.Segment.Dimension, v.Segment.Member, decimal(v.Value),
		})
	}
	return rows
}
