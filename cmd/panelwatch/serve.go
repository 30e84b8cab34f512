package main

import (
	"context"
	"time"

	"panelwatch/jobs"
	"panelwatch/sql/warehouse"
)

type serveCommand struct{}

// Run serves until SIGTERM: the job on its schedule, and reminders where they
// have one. A tick that fails is logged; the next one tries again.
func (c *serveCommand) Run(w *world) error {
	config, err := w.loadConfig()
	if err != nil {
		return err
	}
	zone, err := time.LoadLocation(config.Timezone)
	if err != nil {
		return configError{err}
	}
	var house *warehouse.Warehouse
	ticks, err := scheduled(config.Schedule, func(context.Context) {
		_, err := w.runJob("serve", config, house, jobs.Options{})
		w.ticked("run failed", err)
	})
	if err == nil && config.Remind.Schedule != "" {
		var more []jobs.Tick
		more, err = scheduled(config.Remind.Schedule, func(context.Context) {
			_, err := w.remind(config, house, dateIn(zone, time.Now()))
			w.ticked("reminding failed", err)
		})
		ticks = append(ticks, more...)
	}
	if err != nil {
		return err
	}
	if house, err = w.readyWarehouse(); err != nil {
		return err
	}
	defer func() { _ = house.Close() }()
	log := w.logger("serve")
	log.Info("serving", "schedule", config.Schedule, "remind", config.Remind.Schedule, "timezone", config.Timezone,
		"next", ticks[0].Schedule.Next(time.Now().In(zone)))
	jobs.Serve(w.ctx, zone, log, ticks...)
	return w.ctx.Err()
}

func scheduled(text string, do func(context.Context)) ([]jobs.Tick, error) {
	schedule, err := jobs.ParseSchedule(text, time.Now())
	if err != nil {
		return nil, configError{err}
	}
	return []jobs.Tick{{Schedule: schedule, Do: do}}, nil
}

func (w *world) ticked(what string, err error) {
	if err != nil && w.ctx.Err() == nil {
		w.logger("serve").Error(what, "exit_code", exitCode(w.ctx, err), "err", err)
	}
}
