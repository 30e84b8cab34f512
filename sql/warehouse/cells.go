package warehouse

import (
	"context"
	"database/sql"

	"github.com/jmoiron/sqlx"

	"panelwatch/etl/indicator"
	"panelwatch/etl/panel"
)

// readEstimates reads cells with all their replicates. The statement is a
// prepared one for the sake of its answer: numbers come as they are stored, and
// not as 17 digits that one side writes and the other reads.
func readEstimates(ctx context.Context, tx *sqlx.Tx, into map[int64]*indicator.Facts, text string, args ...any) error {
	statement, err := tx.PrepareContext(ctx, text)
	if err != nil {
		return err
	}
	defer func() { _ = statement.Close() }()
	rows, err := statement.QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	cells := gathering{at: map[cellOf]*indicator.Cell{}}
	for rows.Next() {
		if err := cells.scan(rows); err != nil {
			return err
		}
	}
	for at, c := range cells.at {
		into[at.publication].Cells[at.key] = *c
	}
	return rows.Err()
}

type cellOf struct {
	publication int64
	key         panel.Key
}

// A gathering is cells under way: their replicates come one a row, those of one
// cell as a rule one after the other.
type gathering struct {
	at                     map[cellOf]*indicator.Cell
	last                   cellOf
	cell                   *indicator.Cell // of last
	app, dimension, member sql.RawBytes
}

func (g *gathering) scan(rows *sql.Rows) error {
	var publication int64
	var replicate, n int
	var devices, deviceDays, uses, seconds float64
	err := rows.Scan(&publication, &g.app, &g.dimension, &g.member, &replicate, &devices, &deviceDays, &uses, &seconds, &n)
	if err != nil {
		return err
	}
	c := g.of(publication)
	c.N = n
	c.Devices.Estimate[replicate], c.Devices.Has = devices, true
	hasUse := g.last.key.App != panel.AllNetwork
	c.DeviceDays.Estimate[replicate], c.DeviceDays.Has = deviceDays, hasUse
	c.Uses.Estimate[replicate], c.Uses.Has = uses, hasUse
	c.Seconds.Estimate[replicate], c.Seconds.Has = seconds, hasUse
	return nil
}

// of is the cell that the names just read belong to.
func (g *gathering) of(publication int64) *indicator.Cell {
	k := g.last.key
	if g.cell != nil && publication == g.last.publication && string(g.member) == k.Segment.Member &&
		string(g.dimension) == k.Segment.Dimension && string(g.app) == string(k.App) {
		return g.cell
	}
	g.last = cellOf{publication, panel.Key{
		App: panel.AppID(g.app), Segment: panel.Segment{Dimension: string(g.dimension), Member: string(g.member)},
	}}
	if g.cell = g.at[g.last]; g.cell == nil {
		g.cell = new(indicator.Cell)
		g.at[g.last] = g.cell
	}
	return g.cell
}
