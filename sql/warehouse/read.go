package warehouse

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"panelwatch/alerts"
	"panelwatch/etl/panel"
)

// A Told is one finding as it is kept.
type Told struct {
	MonthStart time.Time       `db:"month_start"`
	Verdict    alerts.Verdict  `db:"verdict"`
	Severity   alerts.Severity `db:"severity"`
	Rule       string          `db:"rule"`
	Also       string          `db:"also"`
	Subject    string          `db:"subject_name"`
	List       string          `db:"list_name"`
	Zh         string          `db:"text_zh"`
	En         string          `db:"text_en"`
}

// Findings lists what the judgements in force found from month on.
func (w *Warehouse) Findings(ctx context.Context, from panel.Month, verdicts ...alerts.Verdict) (told []Told, err error) {
	text, args, err := sqlx.In(query("findings_told"), from.Start(), verdicts)
	if err != nil {
		return nil, err
	}
	if err := w.db.SelectContext(ctx, &told, text, args...); err != nil {
		return nil, fmt.Errorf("read findings: %w", err)
	}
	return told, nil
}

// A TopRow is one place of a list at printed precision: 万台 and percent with
// one decimal.
type TopRow struct {
	Place  int     `db:"place"`
	App    string  `db:"app_name"`
	Region string  `db:"region"`
	MUD    string  `db:"mud_wan"`
	DAU    *string `db:"dau_avg_wan"`
	CAGR6  *string `db:"cagr6_percent"`
}

// TopList reads a list as the report prints it.
func (w *Warehouse) TopList(ctx context.Context, list string, m panel.Month) (rows []TopRow, err error) {
	if err := w.db.SelectContext(ctx, &rows, query("top_list"), list, m.Start()); err != nil {
		return nil, fmt.Errorf("read list %s of %s: %w", list, m, err)
	}
	return rows, nil
}

// A SourceCoverage says which months of a source are in force.
type SourceCoverage struct {
	Source    string      `db:"source"`
	First     time.Time   `db:"first_month"`
	Last      time.Time   `db:"last_month"`
	Months    int         `db:"months"`
	Basis     panel.Basis `db:"basis"`
	Synthetic string      `db:"synthetic"`
}

// Coverage lists what every source has in force.
func (w *Warehouse) Coverage(ctx context.Context) (c []SourceCoverage, err error) {
	if err := w.db.SelectContext(ctx, &c, query("coverage")); err != nil {
		return nil, fmt.Errorf("read coverage: %w", err)
	}
	return c, nil
}
