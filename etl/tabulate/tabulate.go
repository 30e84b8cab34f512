// Package tabulate turns the rows of a month into estimates, each with its 80
// jackknife replicates. It knows no database and no clock.
package tabulate

import (
	"context"
	"errors"
	"fmt"

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

// A LooseOverlap is an overlap without replicates.
type LooseOverlap struct {
	panel.Pair
	Devices float64 // 台
	N       int
}

// Tables are the estimates of one month. Cells holds, for panel.AllNetwork,
// the all-network totals of every segment (devices only): the base of TGI. A
// cell without any device is not there.
type Tables struct {
	Month    panel.Month
	Cells    map[panel.Key]*Cell
	Daily    []Daily          // by app and day; empty for month grain
	Overlaps []Overlap        // every pair of apps of the month, A < B; of more than 256 apps the wanted ones
	Loose    []LooseOverlap   // of more than 256 apps, all other pairs
	Ledgers  []extract.Ledger // one per file of the manifest
	Rejects  []extract.Reject // bounded; the ledgers count all
	Notes    []extract.Note   // what is odd, but does not keep the delivery out
}

// Options of a tabulation.
type Options struct {
	// Dimensions to tabulate besides all. With panel.Category, the devices
	// with at least one app of a category are counted too, as panel.AllNetwork
	// in segment (category, name): the base of 行业渗透率.
	Dimensions []string
	// Contracts of devices and usage; without, columns go by their own names.
	Contracts  extract.Contracts
	MaxRejects int // how many rejects are kept with their line; 0 for 1000
	// Pairs whose overlap is wanted with its replicates in any case: of more
	// than 256 apps other pairs have none, of more than 4096 they are not
	// counted.
	Pairs []panel.Pair
	// Memory, if above 0, is the bytes that the tabulation may take. Rows for
	// which there is no room go to a temporary file in TempDir ("" for the
	// system's), which is gone afterwards whatever happens.
	Memory  int64
	TempDir string
	Workers int   // 0 for one per processor
	Shard   Shard // of WritePart; zero for the whole
	Limits  extract.Limits
	// Progress, if set, is told now and then how many rows were read.
	Progress func(rows int)

	spillAt int64 // bytes of rows, for tests; 0 to follow Memory
	apart   bool  // every row is an entry of its own
}

const defaultMaxRejects = 1000

// Extract tabulates the microdata of one delivery. A usage row counts when
// its seconds reach the manifest's min_seconds_valid, at the grain delivered.
// The result does not depend on the order of the rows. A fault of the
// delivery is an *extract.DataError; the result then has Ledgers and Rejects of
// what was read so far, and nothing else.
func Extract(ctx context.Context, d extract.Delivery, cat *panel.Catalogue, o Options) (*Tables, error) {
	if o.Shard.Of > 1 {
		return nil, errors.New("a shard has no estimates of its own: write its part")
	}
	j, err := begin(d, cat, o)
	if err != nil {
		return nil, err
	}
	t, err := j.run(ctx)
	if errors.Is(err, errMingled) {
		o.apart = true
		return Extract(ctx, d, cat, o)
	}
	if err != nil {
		return j.soFar(err), fmt.Errorf("tabulate %s: %w", d.Manifest.Month, err)
	}
	return t, nil
}

// soFar is the account of the rows when a fault of the delivery ends the
// reading.
func (j *job) soFar(why error) *Tables {
	var data *extract.DataError
	if !errors.As(why, &data) {
		return nil
	}
	ledgers, rejects, err := j.intake.Close()
	if err != nil {
		return nil
	}
	return &Tables{Ledgers: ledgers, Rejects: rejects}
}
