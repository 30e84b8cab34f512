package jobs

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
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

// Doubtful says what of a schedule may not be meant as it is read, "" if
// nothing: cron takes a day of the month and a day of the week for either.
func Doubtful(text string) string {
	fields := strings.Fields(text)
	if len(fields) != 5 || open(fields[2]) || open(fields[4]) {
		return ""
	}
	return fmt.Sprintf("schedule %q: due on day %s of the month and also on every %s, not only when both hold", text, fields[2], fields[4])
}

func open(field string) bool { return field == "*" || field == "?" }

// A Plan is what is done when: ticks, whose schedules are read in a zone.
type Plan struct {
	Zone  *time.Location
	Ticks []Tick
}

// Serve follows a plan until ctx ends; then it waits for the ticks under way.
// Another plan takes the place of the one before when its ticks are done. A
// tick that is still running makes its next one skip. All are done once at the
// start of a plan, in order: ticks that were missed while nothing ran cost
// nothing, since the state of the data says what is due.
func Serve(ctx context.Context, log *slog.Logger, plan Plan, others <-chan Plan) {
	for {
		stop := plan.start(ctx, log)
		select {
		case <-ctx.Done():
			stop()
			return
		case plan = <-others:
			stop()
		}
	}
}

// start does all ticks once and then each on its schedule, until it is
// stopped, which waits for those under way.
func (p Plan) start(ctx context.Context, log *slog.Logger) (stop func()) {
	logger := cronLog{log}
	// Recover innermost: SkipIfStillRunning would keep its token for ever if a
	// panic passed through it.
	c := cron.New(cron.WithLocation(p.Zone), cron.WithLogger(logger),
		cron.WithChain(cron.SkipIfStillRunning(logger), cron.Recover(logger)))
	var first []cron.Job
	for _, t := range p.Ticks {
		id := c.Schedule(t.Schedule, cron.FuncJob(func() { t.Do(ctx) }))
		first = append(first, c.Entry(id).WrappedJob)
	}
	c.Start()
	var begun sync.WaitGroup
	begun.Go(func() {
		for _, job := range first {
			job.Run()
		}
	})
	return func() {
		<-c.Stop().Done()
		begun.Wait()
	}
}

// cronLog hands the scheduler's words to slog.
type cronLog struct{ log *slog.Logger }

func (l cronLog) Info(msg string, keysAndValues ...any) { l.log.Debug("cron: "+msg, keysAndValues...) }

func (l cronLog) Error(err error, msg string, keysAndValues ...any) {
	l.log.Error("cron: "+msg, append([]any{"err", err}, keysAndValues...)...)
}
