// Package tabulate turns the rows of a month into estimates, each with its 80
// jackknife replicates. It knows no database and no clock.
package tabulate

import (
	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
)

// A Cell is what is estimated of an app within a segment: weighted sums in
// base units, and the number of unweighted devices behind them.
type Cell struct {
	Devices    panel.Estimate // 台
	DeviceDays panel.Estimate // 台 x days of use
	Uses       panel.Estimate // 次
	Seconds    panel.Estimate
	N          int
}

// A Daily is the unique devices of an app on one day.
type Daily struct {
	App     panel.AppID
	Day     int // 1..31
	Devices panel.Estimate
	N       int
}

// An Overlap is the devices that used both apps of a pair.
type Overlap struct {
	panel.Pair
	Devices panel.Estimate
	N       int
}

// Tables are the estimates of one month. Cells holds, for panel.AllNetwork,
// the all-network totals of every segment (devices only): the base of TGI.
type Tables struct {
	Month    panel.Month
	Cells    map[panel.Key]*Cell
	Daily    []Daily   // by app and day; empty for month grain
	Overlaps []Overlap // every pair of apps of the month, A < B
	Ledgers  []extract.Ledger // one per file of the manifest
	Rejects  []extract.Reject // bounded; the ledgers count all
}

// Options of a tabulation.
type Options struct {
	Dimensions []string // dimensions to tabulate besides all
	MaxRejects int      // how many rejects are kept with their line
	// Progress, if set, is told now and then how many rows were read.
	Progress func(rows int)
}
