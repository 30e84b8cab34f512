package jobs

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// ParseSchedule reads a five-field schedule. It refuses what robfig/cron takes
// without complaint: a zone inside the schedule (the configuration has a key
// for it) and a date that never comes.
func ParseSchedule(text string, now time.Time) (schedule cron.Schedule, err error) {
	if strings.Contains(text, "TZ=") {
		return nil, fmt.Errorf("schedule %q: set the time zone with the key timezone, not inside the schedule", text)
	}
	schedule, err = cron.ParseStandard(text)
	if err != nil {
		return nil, fmt.Errorf("schedule %q: %w", text, err)
	}
	if schedule.Next(now).IsZero() {
		return nil, fmt.Errorf("schedule %q never comes", text)
	}
	return schedule, nil
}

// A Tick is something to do on a schedule.
type Tick struct {
	Schedule cron.Schedule
	Do       func(context.Context)
}

// Serve does each tick on its schedule, in zone, until ctx ends; then it waits
// for those under way. A tick that is still running makes its next one skip.
// All are done once at the start, in order: ticks that were missed while
// nothing ran cost nothing, since the state of the data says what is due.
func Serve(ctx context.Context, zone *time.Location, log *slog.Logger, ticks ...Tick) {
	logger := cronLog{log}
	// Recover innermost: SkipIfStillRunning would keep its token for ever if a
	// panic passed through it.
	c := cron.New(cron.WithLocation(zone), cron.WithLogger(logger),
		cron.WithChain(cron.SkipIfStillRunning(logger), cron.Recover(logger)))
	var first []cron.Job
	for _, t := range ticks {
		id := c.Schedule(t.Schedule, cron.FuncJob(func() { t.Do(ctx) }))
		first = append(first, c.Entry(id).WrappedJob)
	}
	c.Start()
	for _, job := range first {
		job.Run()
	}
	<-ctx.Done()
	<-c.Stop().Done()
}

// cronLog hands the scheduler's words to slog.
type cronLog struct{ log *slog.Logger }

func (l cronLog) Info(msg string, keysAndValues ...any) { l.log.Debug("cron: "+msg, keysAndValues...) }

func (l cronLog) Error(err error, msg string, keysAndValues ...any) {
	l.log.Error("cron: "+msg, append([]any{"err", err}, keysAndValues...)...)
}
