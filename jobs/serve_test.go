package jobs_test

import (
	"context"
	"io"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"panelwatch/jobs"
)

func TestParseSchedule(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for text, want := range map[string]string{
		"0 2 * * *":                  "",
		"@daily":                     "",
		"0 0 31 2 *":                 "never comes",
		"TZ=Asia/Shanghai 0 2 * * *": "key timezone",
		"CRON_TZ=Asia/Shanghai":      "key timezone",
		"TZ=Asia/Shanghai":           "key timezone", // the parser itself panics on it
		"0 2 * *":                    "expected exactly 5 fields",
		"":                           "empty",
	} {
		_, err := jobs.ParseSchedule(text, now)
		switch {
		case want == "" && err != nil:
			t.Errorf("%q: %v", text, err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("%q: got %v, want %q", text, err, want)
		}
	}
}

// everyMillisecond is due again at once.
type everyMillisecond struct{}

func (everyMillisecond) Next(t time.Time) time.Time { return t.Add(time.Millisecond) }

// A tick that panics does not silence the ticks after it, and Serve waits for
// a tick under way.
func TestServeOutlivesAPanicAndWaitsAtTheEnd(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	var ticks, done atomic.Int32
	tick := func(context.Context) {
		n := ticks.Add(1)
		if n == 1 {
			panic("a bug in the first tick")
		}
		if n == 3 {
			stop()
		}
		done.Add(1)
	}
	var others atomic.Int32
	other := func(context.Context) { others.Add(1) }
	jobs.Serve(ctx, slog.New(slog.NewTextHandler(io.Discard, nil)), jobs.Plan{Zone: time.UTC, Ticks: []jobs.Tick{
		{Schedule: everyMillisecond{}, Do: tick}, {Schedule: everyMillisecond{}, Do: other},
	}}, nil)
	if others.Load() == 0 {
		t.Error("the second tick was never done")
	}
	if ticks.Load() < 3 || done.Load() != ticks.Load()-1 {
		t.Errorf("%d ticks, %d of them to their end; want at least 3, all but the first", ticks.Load(), done.Load())
	}
}

// A tick that is still running makes its next one skip, also when it panicked
// before.
func TestATickIsNeverDoneTwiceAtOnce(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	var now, most, n atomic.Int32
	tick := func(context.Context) {
		most.Store(max(most.Load(), now.Add(1)))
		defer now.Add(-1)
		time.Sleep(5 * time.Millisecond)
		if k := n.Add(1); k == 2 {
			panic("a bug in the second tick")
		} else if k == 5 {
			stop()
		}
	}
	jobs.Serve(ctx, slog.New(slog.DiscardHandler), jobs.Plan{Zone: time.UTC, Ticks: []jobs.Tick{{Schedule: everyMillisecond{}, Do: tick}}}, nil)
	if most.Load() != 1 || n.Load() < 5 {
		t.Errorf("%d ticks at once, %d in all; want 1 and at least 5", most.Load(), n.Load())
	}
}

// never is a schedule that does not come while a test runs.
type never struct{}

func (never) Next(t time.Time) time.Time { return t.AddDate(1, 0, 0) }

// Another plan waits for what is under way, and begins at once.
func TestServeTakesAnotherPlan(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	others, told := make(chan jobs.Plan), make(chan string, 9)
	once := func(do func(context.Context)) jobs.Plan {
		return jobs.Plan{Zone: time.UTC, Ticks: []jobs.Tick{{Schedule: never{}, Do: do}}}
	}
	first := once(func(context.Context) {
		told <- "first begins"
		time.Sleep(20 * time.Millisecond)
		told <- "first ends"
	})
	go func() {
		others <- once(func(context.Context) {
			told <- "second"
			stop()
		})
	}()
	jobs.Serve(ctx, slog.New(slog.DiscardHandler), first, others)
	close(told)
	var got []string
	for s := range told {
		got = append(got, s)
	}
	if want := "first begins, first ends, second"; strings.Join(got, ", ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

func TestDoubtfulSchedules(t *testing.T) {
	for text, want := range map[string]bool{
		"0 0 1 * MON": true, "0 0 1,15 * 1-5": true,
		"0 2 * * *": false, "0 0 1 * *": false, "0 0 * * MON": false, "0 0 ? * MON": false, "0 0 */2 * MON": true, "@daily": false, "": false,
	} {
		if got := jobs.Doubtful(text); (got != "") != want {
			t.Errorf("%q: got %q, want doubt %v", text, got, want)
		}
	}
}
