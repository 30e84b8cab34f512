package main

import (
	"fmt"

	"panelwatch/jobs"
)

type deliverCommand struct{}

// Run sends what is due and says how much.
func (c *deliverCommand) Run(w *world) error {
	config, err := w.loadConfig()
	if err != nil {
		return err
	}
	house, err := w.readyWarehouse()
	if err != nil {
		return err
	}
	defer func() { _ = house.Close() }()
	s, err := w.recorded("deliver", config, house, func(j jobs.Job) (jobs.Summary, error) { return j.Deliver(w.ctx) })
	m := s.Messages
	fmt.Fprintf(w.stdout, "posted=%d edited=%d charts=%d redirected=%d pending=%d unknown=%d\n",
		m["sent"], m["edited"], m["charts"], m["redirected"], m["pending"], m["unknown"])
	return err
}
