package warehouse

import (
	"context"
	"fmt"
	"strings"
	"time"

	"panelwatch/alerts"
	"panelwatch/etl/panel"
)

type findingRow struct {
	Month     time.Time       `db:"month_start"`
	Rule      string          `db:"rule"`
	Also      string          `db:"also"`
	App       panel.AppID     `db:"app_id"`
	Other     panel.AppID     `db:"other_app_id"`
	List      string          `db:"list_name"`
	Source    string          `db:"source"`
	Dimension string          `db:"dimension"`
	Member    string          `db:"member"`
	Verdict   alerts.Verdict  `db:"verdict"`
	Severity  alerts.Severity `db:"severity"`
	Reason    string          `db:"reason"`
	Value     *float64        `db:"value"`
	SE        *float64        `db:"se"`
	Expected  *float64        `db:"expected"`
	Low       *float64        `db:"expected_low"`
	High      *float64        `db:"expected_high"`
	Z         *float64        `db:"z"`
	Unit      alerts.Unit     `db:"unit"`
	Indicator string          `db:"indicator"`
	TraceID   string          `db:"trace_id"`
	Zh        string          `db:"text_zh"`
	En        string          `db:"text_en"`
}

// Kept are the findings of the judgements in force of the months from one to
// another, in the order of telling. Series, facts and bands are not kept.
func (w *Warehouse) Kept(ctx context.Context, from, to panel.Month) (out []alerts.Finding, err error) {
	var rows []findingRow
	if err := w.db.SelectContext(ctx, &rows, query("findings_kept"), from.Start(), to.Start()); err != nil {
		return nil, fmt.Errorf("read findings: %w", err)
	}
	for _, r := range rows {
		out = append(out, r.finding())
	}
	return out, nil
}

func (r findingRow) finding() alerts.Finding {
	return alerts.Finding{
		Rule: r.Rule, Month: panel.MonthIn(r.Month), Verdict: r.Verdict, Severity: r.Severity, Reason: r.Reason,
		Subject: alerts.Subject{App: r.App, Other: r.Other, List: r.List, Source: r.Source, Segment: panel.Segment{Dimension: r.Dimension, Member: r.Member}},
		Value:   orNaN(r.Value), SE: orNaN(r.SE), Unit: r.Unit,
		Expected: orNaN(r.Expected), Low: orNaN(r.Low), High: orNaN(r.High), Z: orNaN(r.Z),
		Indicator: r.Indicator, TraceID: r.TraceID, Zh: r.Zh, En: r.En,
		Also: strings.FieldsFunc(r.Also, func(c rune) bool { return c == ',' }),
	}
}
