package main

import (
	"fmt"
	"time"

	"panelwatch/configs"
	"panelwatch/jobs"
	"panelwatch/sql/warehouse"
)

type remindCommand struct {
	Today string `help:"The day to look ahead from; without it, that of the CronJob's schedule, or today, in the configuration's time zone." placeholder:"YYYY-MM-DD"`
	outputs
}

// Run announces once, and says how much.
func (c *remindCommand) Run(w *world) error {
	return w.observed("remind", c.outputs, func(config *configs.Config, house *warehouse.Warehouse) (s jobs.Summary, err error) {
		today, err := c.day(config, scheduledTime(w.getenv, time.Now()))
		if err != nil {
			return s, err
		}
		s, err = w.remind(config, house, today)
		fmt.Fprintf(w.stdout, "reminders=%d posted=%d\n", s.Messages["written"], s.Messages["sent"])
		return s, err
	})
}

func (c *remindCommand) day(config *configs.Config, now time.Time) (time.Time, error) {
	if c.Today == "" {
		zone, err := time.LoadLocation(config.Timezone)
		if err != nil {
			return now, configError{err}
		}
		return dateIn(zone, now), nil
	}
	today, err := time.Parse(time.DateOnly, c.Today)
	if err != nil {
		return now, usageError{fmt.Errorf("--today %q: want a date such as 2023-09-08", c.Today)}
	}
	return today, nil
}

// dateIn is the date that it is somewhere, at midnight UTC.
func dateIn(zone *time.Location, now time.Time) time.Time {
	y, m, d := now.In(zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

func (w *world) remind(config *configs.Config, house *warehouse.Warehouse, today time.Time) (jobs.Summary, error) {
	return w.recorded("remind", config, house, func(j jobs.Job) (jobs.Summary, error) { return j.Remind(w.ctx, today) })
}
