package main

import (
	"errors"
	"fmt"
	"time"

	"panelwatch/etl/panel"
	"panelwatch/jobs"
)

type alertsSettle struct {
	Channel string      `help:"Id of the channel that you looked into." required:"" placeholder:"ID"`
	Month   panel.Month `help:"Month of the messages." required:"" placeholder:"YYYY-MM"`
	Arrived bool        `help:"They are in the channel." xor:"seen" required:""`
	Absent  bool        `help:"They are not, and are to be sent." xor:"seen" required:""`
}

// Run keeps what somebody saw in a channel that panelwatch cannot read.
func (c *alertsSettle) Run(w *world) error {
	config, err := w.loadConfig()
	if err != nil {
		return err
	}
	house, err := w.readyWarehouse()
	if err != nil {
		return err
	}
	defer func() { _ = house.Close() }()
	j := jobs.Job{Config: config, Warehouse: house, Log: w.logger("settle"), Now: time.Now, Owner: owner("settle")}
	n, err := j.SettleUnclear(w.ctx, c.Channel, c.Month, c.Arrived)
	if errors.Is(err, jobs.ErrNotUnclear) {
		return usageError{err}
	}
	if err == nil {
		_, err = fmt.Fprintf(w.stdout, "settled=%d\n", n)
	}
	return err
}
