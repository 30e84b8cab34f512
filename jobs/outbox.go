package jobs

import (
	"context"

	"panelwatch/alerts/slack"
	"panelwatch/sql/warehouse"
)

// An Outbox shows the sender the messages of a warehouse.
type Outbox struct{ *warehouse.Warehouse }

// Due lists what is to be sent; see slack.Outbox.
func (o Outbox) Due(ctx context.Context) ([]slack.Due, error) {
	waiting, err := o.Waiting(ctx)
	due := make([]slack.Due, len(waiting))
	for i, m := range waiting {
		due[i] = slack.Due(m)
	}
	return due, err
}
