package jobs

import (
	"context"
	"time"

	"panelwatch/alerts"
	"panelwatch/alerts/slack"
	"panelwatch/sql/warehouse"
)

// An Outbox shows the sender the messages of a warehouse. Whatever it marks,
// it marks behind the lease.
type Outbox struct {
	Warehouse *warehouse.Warehouse
	Lease     *warehouse.Lease
}

// Due lists what is to be sent; see slack.Outbox.
func (o Outbox) Due(ctx context.Context) ([]slack.Due, error) {
	waiting, err := o.Warehouse.Waiting(ctx)
	due := make([]slack.Due, len(waiting))
	for i, m := range waiting {
		due[i] = slack.Due(m)
	}
	return due, err
}

// Until is how long nobody else sends.
func (o Outbox) Until() time.Time { return o.Lease.Until() }

// Begin marks a message as sending.
func (o Outbox) Begin(ctx context.Context, id int64, at time.Time) error {
	return o.Warehouse.Begin(ctx, o.Lease, id, at)
}

// Settle stores how an attempt ended.
func (o Outbox) Settle(ctx context.Context, id int64, out slack.Outcome) error {
	return o.Warehouse.Settle(ctx, o.Lease, id, out.State, out.TS, out.Hash, out.Reason)
}

// Edited stores what the channel shows by now.
func (o Outbox) Edited(ctx context.Context, id int64, hash string, at time.Time) error {
	return o.Warehouse.Edited(ctx, o.Lease, id, hash, at)
}

// Lost makes a message pending that is gone from the channel.
func (o Outbox) Lost(ctx context.Context, id int64, ts, reason string) error {
	return o.Warehouse.Lost(ctx, o.Lease, id, ts, reason)
}

// SetFile stores how far one of a message's files has come.
func (o Outbox) SetFile(ctx context.Context, id int64, part slack.Part, state string) error {
	if part == slack.PartFile {
		return o.Warehouse.SetAttachment(ctx, o.Lease, id, state)
	}
	return o.Warehouse.SetChart(ctx, o.Lease, id, state)
}

// Redirect gives a message up for one in another channel.
func (o Outbox) Redirect(ctx context.Context, m alerts.Message, channel, reason string) error {
	return o.Warehouse.Redirect(ctx, o.Lease, m, channel, reason)
}
