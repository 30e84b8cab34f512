package main

import (
	"encoding/json"
	"fmt"
	"text/tabwriter"
	"time"

	"panelwatch/configs"
	"panelwatch/etl/extract"
	"panelwatch/jobs"
	"panelwatch/sql/warehouse"
)

type watchCommand struct {
	Today  string `help:"The day to look from; without it, today in the configuration's time zone." placeholder:"YYYY-MM-DD"`
	Fail   bool   `help:"Exit with 65 while a delivery is overdue."`
	Format string `help:"text, or json: one object." enum:"text,json" default:"text"`
	outputs
}

// Run says how old the data are, and tells the channel, once a month of each
// source, what is overdue.
func (c *watchCommand) Run(w *world) error {
	return w.observed("watch", c.outputs, func(config *configs.Config, house *warehouse.Warehouse) (s jobs.Summary, err error) {
		today, err := (&remindCommand{Today: c.Today}).day(config, scheduledTime(w.getenv, time.Now()))
		if err != nil {
			return s, err
		}
		var ages []jobs.SourceAge
		s, err = w.recorded("watch", config, house, func(j jobs.Job) (s jobs.Summary, err error) {
			if s, err = j.Watch(w.ctx, today); err != nil {
				return s, err
			}
			if ages, err = j.Ages(w.ctx, today); err == nil && c.Fail {
				err = overdue(ages)
			}
			return s, err
		})
		if c.Today != "" && ages != nil {
			s.Sources = ages // of the day that was asked for
		}
		if e := c.print(w, s); err == nil {
			err = e
		}
		return s, err
	})
}

// overdue is a fault of the data: trying again brings no delivery.
func overdue(ages []jobs.SourceAge) error {
	for _, a := range ages {
		if a.Late > 0 {
			return &extract.DataError{File: a.Source, Msg: fmt.Sprintf("%s was due by %s and is not delivered", *a.Newest+1, a.Due)}
		}
	}
	return nil
}

func (c *watchCommand) print(w *world, s jobs.Summary) error {
	if c.Format == "json" {
		out := json.NewEncoder(w.stdout)
		out.SetIndent("", "  ")
		return out.Encode(struct {
			Sources []jobs.SourceAge `json:"sources"`
			Outbox  map[string]int   `json:"outbox"`
		}{s.Sources, s.Outbox})
	}
	t := tabwriter.NewWriter(w.stdout, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "SOURCE\tNEWEST\tAGE IN DAYS\tNEXT DUE BY\tOVERDUE")
	for _, a := range s.Sources {
		newest := "-"
		if a.Newest != nil {
			newest = a.Newest.String()
		}
		fmt.Fprintf(t, "%s\t%s\t%d\t%s\t%d\n", a.Source, newest, a.AgeDays, orDash(a.Due), a.Late)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w.stdout, "reminders=%d posted=%d\n", s.Messages["written"], s.Messages["sent"])
	return err
}
