package warehouse

import (
	"context"
	"database/sql"

	"github.com/jmoiron/sqlx"

	"panelwatch/etl/panel"
)

// valuesOf are the rows of a query for valueRow's columns, in their order.
func valuesOf(ctx context.Context, q sqlx.QueryerContext, text string, args ...any) (all []valueRow, err error) {
	rows, err := q.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	read := valueReader{known: map[string]string{}}
	for rows.Next() {
		v, err := read.row(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, rows.Err()
}

// A valueReader keeps every word once: a month has few of them many times.
type valueReader struct {
	measure, app, other, network, dimension, member sql.RawBytes
	known                                           map[string]string
}

func (r *valueReader) row(rows *sql.Rows) (v valueRow, err error) {
	err = rows.Scan(&v.PublicationID, &r.measure, &r.app, &r.other, &r.network, &r.dimension, &r.member, &v.Value)
	v.Measure, v.App, v.Other = r.word(r.measure), panel.AppID(r.word(r.app)), panel.AppID(r.word(r.other))
	v.Network, v.Dimension, v.Member = r.word(r.network), r.word(r.dimension), r.word(r.member)
	return v, err
}

func (r *valueReader) word(b []byte) string {
	s, ok := r.known[string(b)]
	if !ok {
		s = string(b)
		r.known[s] = s
	}
	return s
}
