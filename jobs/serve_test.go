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
	jobs.Serve(ctx, time.UTC, slog.New(slog.NewTextHandler(io.Discard, nil)),
		jobs.Tick{Schedule: everyMillisecond{}, Do: tick}, jobs.Tick{Schedule: everyMillisecond{}, Do: other})
	if others.Load() == 0 {
		t.Error("the second tick was never done")
	}
	if ticks.Load() < 3 || done.Load() != ticks.Load()-1 {
		t.Errorf("%d ticks, %d of them to their end; want at least 3, all but the first", ticks.Load(), done.Load())
	}
}
