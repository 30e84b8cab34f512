package warehouse

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"panelwatch/etl/indicator"
	"panelwatch/etl/panel"
)

// TraceID is the short name of a published number, the column trace_id of the
// views: its publication, and the first digits of a hash of what it is.
func TraceID(publication int64, r indicator.Row) string {
	what := strings.Join([]string{r.Indicator, string(r.App), r.Segment.Dimension, r.Segment.Member}, "|")
	sum := sha256.Sum256([]byte(what))
	return fmt.Sprintf("%d-%s", publication, hex.EncodeToString(sum[:])[:12])
}

var traceID = regexp.MustCompile(`^(\d{1,18})-[0-9a-f]{12}$`)

// PublicationOf is the publication of a TraceID; ok is false when it is none.
func PublicationOf(id string) (publication int64, ok bool) {
	part := traceID.FindStringSubmatch(id)
	if part == nil {
		return 0, false
	}
	publication, err := strconv.ParseInt(part[1], 10, 64)
	return publication, err == nil
}

// A TracedFile is a file of a delivery, with the account of its rows.
type TracedFile struct {
	Position int     `db:"position" json:"-"`
	Name     string  `db:"name" json:"name"`
	Table    string  `db:"table_name" json:"table"`
	Origin   string  `db:"origin" json:"origin"`
	SHA256   string  `db:"sha256" json:"sha256"`
	Archived *string `db:"archived_sha256" json:"archived_sha256"`
	Read     int     `db:"rows_read" json:"rows_read"`
	Loaded   int     `db:"rows_loaded" json:"rows_loaded"`
	Rejected int     `db:"rows_rejected" json:"rows_rejected"`
	Ignored  int     `db:"rows_ignored" json:"rows_ignored"`
}

// Files are those of a delivery, in the order of its manifest.
func (w *Warehouse) Files(ctx context.Context, extractID int64) (files []TracedFile, err error) {
	if err := w.db.SelectContext(ctx, &files, query("trace_files"), extractID); err != nil {
		return nil, fmt.Errorf("list files of a delivery: %w", err)
	}
	return files, nil
}

// Facts are what a delivery says, under the terms of the issue and as the
// warehouse would give it back had it been published.
func (i Issue) Facts(f Facts) *indicator.Facts {
	into := i.facts()
	if f.Panel == nil {
		var rows []valueRow
		for _, v := range f.Vendor {
			rows = append(rows, valueRow{
				Measure: v.Measure, App: v.App, Other: v.Other, Network: v.Network,
				Dimension: v.Segment.Dimension, Member: v.Segment.Member, Value: kept(v.Value),
			})
		}
		putValues(rows, map[int64]*indicator.Facts{0: into})
		return into
	}
	for k, c := range f.Panel.Cells {
		use := k.App != panel.AllNetwork
		into.Cells[k] = indicator.Cell{
			Devices: indicator.Sum{Estimate: c.Devices, Has: true}, DeviceDays: indicator.Sum{Estimate: c.DeviceDays, Has: use},
			Uses: indicator.Sum{Estimate: c.Uses, Has: use}, Seconds: indicator.Sum{Estimate: c.Seconds, Has: use}, N: c.N,
		}
	}
	for _, o := range f.Panel.Overlaps {
		if slices.Contains(f.Pairs, o.Pair) || slices.Contains(f.Pairs, panel.Pair{A: o.B, B: o.A}) {
			into.Overlaps[o.Pair] = indicator.Pairwise{Both: indicator.Sum{Estimate: o.Devices, Has: true}, N: o.N}
		}
	}
	return into
}

// kept is a value at the precision that the warehouse keeps.
func kept(v float64) float64 {
	text, _ := decimal(v).(string)
	at, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return v // no number has no text
	}
	return at
}
