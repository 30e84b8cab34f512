package main

import (
	"errors"
	"fmt"
	"os"
	"time"

	"panelwatch/alerts/slack"
	"panelwatch/jobs"
	"panelwatch/sql/warehouse"
)

// mostMoves is how many of the numbers that would move are shown of a month;
// all are counted.
const mostMoves = 20

// rehearse does what a run would do, shows it, and leaves everything as it is:
// warehouse, archive, deliveries and channel.
func (w *world) rehearse(o jobs.Options, out outputs) error {
	o.Rehearsal = true
	config, err := w.loadConfig()
	if err != nil {
		return err
	}
	house, err := w.ready(warehouse.Rehearse)
	if err != nil {
		return err
	}
	defer func() { _ = house.Close() }()
	scratch, err := os.MkdirTemp("", "panelwatch-dry-run-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(scratch) }()
	began := time.Now()
	runID := newRunID(began)
	log := w.logger(runID).With("job", "dry-run")
	sender, err := w.notifier(config, log)
	if err != nil {
		return err
	}
	j, clear := w.job(config, house, runID, log)
	defer clear()
	j.Alone = sender.Alone()
	j.Notifier = &slack.Sender{Poster: slack.Folder{Dir: scratch, Out: w.stdout, Color: w.terminal(), Gone: true}, Log: log, Now: time.Now, Sleep: sleep}
	fmt.Fprintln(w.stdout, "dry run: this is what a run would do; nothing of it is written or sent")
	s, err := j.Run(w.ctx, o)
	fmt.Fprintln(w.stdout)
	w.printSummary(s)
	err = errors.Join(err, w.printMoves(j, s))
	w.complete(&s, "dry-run", began, err)
	return errors.Join(err, out.writeSummary(s))
}

// printMoves shows what the month would say otherwise than it does now.
func (w *world) printMoves(j jobs.Job, s jobs.Summary) error {
	for _, x := range s.Steps {
		if x.Action != jobs.Published && x.Action != jobs.Recomputed {
			continue
		}
		d, err := j.Diff(w.ctx, x.Source, x.Month, "", "")
		if errors.Is(err, warehouse.ErrNoPublication) {
			continue // the first of its month moves nothing
		}
		if err != nil {
			return err
		}
		fmt.Fprintln(w.stdout)
		left := max(0, len(d.Moves)-mostMoves)
		if err := w.printDiff(d, mostMoves); err != nil {
			return err
		}
		if left > 0 {
			fmt.Fprintf(w.stdout, "and %d more\n", left)
		}
	}
	return nil
}
