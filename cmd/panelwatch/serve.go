package main

import (
	"context"
	"time"

	"panelwatch/jobs"
)

type serveCommand struct{}

// Run serves until SIGTERM. A tick that fails is logged; the next one tries
// again.
func (c *serveCommand) Run(w *world) error {
	config, err := w.loadConfig()
	if err != nil {
		return err
	}
	schedule, err := jobs.ParseSchedule(config.Schedule, time.Now())
	if err != nil {
		return configError{err}
	}
	zone, err := time.LoadLocation(config.Timezone)
	if err != nil {
		return configError{err}
	}
	house, err := w.readyWarehouse()
	if err != nil {
		return err
	}
	defer func() { _ = house.Close() }()
	log := w.logger("serve")
	log.Info("serving", "schedule", config.Schedule, "timezone", config.Timezone, "next", schedule.Next(time.Now().In(zone)))
	jobs.Serve(w.ctx, schedule, zone, log, func(context.Context) {
		if _, err := w.runJob("serve", config, house, jobs.Options{}); err != nil && w.ctx.Err() == nil {
			log.Error("run failed", "exit_code", exitCode(w.ctx, err), "err", err)
		}
	})
	return w.ctx.Err()
}
