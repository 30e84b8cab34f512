package main

import (
	"testing"
	"time"
)

func TestScheduledTime(t *testing.T) {
	now := time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC)
	for name, want := range map[string]time.Time{
		"panelwatch-watch-29923320": time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC), // an hour late
		"panelwatch-watch-29922660": time.Date(2026, 11, 22, 15, 0, 0, 0, time.UTC),
		"panelwatch-watch-20261123": now, // named by hand, after a date
		"panelwatch-watch-99999999": now,
		"panelwatch-watch-2992332":  now,
		"rerun-1":                   now,
		"":                          now,
	} {
		got := scheduledTime(func(string) string { return name }, now)
		if !got.Equal(want) {
			t.Errorf("%q: got %s, want %s", name, got, want)
		}
	}
}
