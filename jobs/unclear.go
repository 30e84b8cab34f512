package jobs

import (
	"context"
	"errors"
	"fmt"
	"time"

	"panelwatch/alerts"
	"panelwatch/alerts/slack"
	"panelwatch/etl/panel"
)

// An Unclear message may have arrived or not. With a bot token the next run
// finds out; by webhook only somebody who looks into the channel can.
type Unclear struct {
	Channel   string      `json:"channel"`
	Kind      string      `json:"kind"`
	Month     panel.Month `json:"month"`
	Subject   string      `json:"subject,omitempty"`
	Attempted time.Time   `json:"attempted_at"`
	Why       string      `json:"why"`
}

// ErrNotUnclear: there is no message to settle.
var ErrNotUnclear = errors.New("no such message is unclear")

// Unclear lists the messages of which nobody knows whether they arrived.
func (j Job) Unclear(ctx context.Context) (out []Unclear, err error) {
	waiting, err := j.Warehouse.Waiting(ctx)
	for _, m := range waiting {
		if m.State == alerts.Unsure {
			out = append(out, Unclear{m.Channel, m.Kind, m.Month, m.Subject, m.AttemptedAt.UTC(), m.LastError})
		}
	}
	return out, err
}

// SettleUnclear keeps what somebody saw in the channel: that the unclear
// messages of a month and channel have arrived, or that they have not and are
// to be sent. It returns how many there were.
func (j Job) SettleUnclear(ctx context.Context, channel string, m panel.Month, arrived bool) (n int, err error) {
	lease, ctx, err := j.Warehouse.Claim(ctx, leaseName, j.Owner, j.Config.Lease.TTL, j.Config.Lease.Wait)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, lease.Release()) }()
	outbox := Outbox{j.Warehouse, lease}
	waiting, err := outbox.Due(ctx)
	if err != nil {
		return 0, err
	}
	for _, w := range waiting {
		if w.State != alerts.Unsure || w.Channel != channel || w.Month != m {
			continue
		}
		o := slack.Outcome{State: alerts.Pending, Reason: "seen not to have arrived"}
		if arrived {
			o = slack.Outcome{State: alerts.Sent, TS: fmt.Sprintf("seen %.12s", w.Hash), Hash: w.Hash}
		}
		if err := outbox.Settle(ctx, w.ID, o); err != nil {
			return n, err
		}
		n++
	}
	if n == 0 {
		return 0, fmt.Errorf("%w: %s of %s", ErrNotUnclear, m, channel)
	}
	return n, nil
}
