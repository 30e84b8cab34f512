package configs

import (
	"cmp"
	"fmt"
	"time"
)

// Sending says how messages are brought to Slack, and where to when that fails.
type Sending struct {
	Fallback  string        `yaml:"fallback,omitempty"`   // channel that stands in for one that cannot be written to
	Pace      time.Duration `yaml:"pace,omitempty"`       // between two messages to a channel; default 1.1s
	LookAgain time.Duration `yaml:"look_again,omitempty"` // between two looks for a message that may have arrived; default 5s
	Timeout   time.Duration `yaml:"timeout,omitempty"`    // of one call; default 30s
	Deadline  time.Duration `yaml:"deadline,omitempty"`   // for all deliveries of a run; default 10m
}

// fill puts the defaults where nothing is said.
func (s *Sending) fill() {
	s.Pace = cmp.Or(s.Pace, 1100*time.Millisecond)
	s.LookAgain = cmp.Or(s.LookAgain, 5*time.Second)
	s.Timeout = cmp.Or(s.Timeout, 30*time.Second)
	s.Deadline = cmp.Or(s.Deadline, 10*time.Minute)
}

func (s Sending) check() error {
	for _, d := range []struct {
		key       string
		is, least time.Duration
	}{
		{"pace", s.Pace, time.Millisecond},
		{"look_again", s.LookAgain, time.Millisecond},
		{"timeout", s.Timeout, 100 * time.Millisecond},
		{"deadline", s.Deadline, time.Second},
	} {
		if d.is < d.least {
			return fmt.Errorf("slack.%s: %s is too short, want at least %s", d.key, d.is, d.least)
		}
	}
	return nil
}

// FallbackOf is the channel that stands in for one that cannot be written to:
// that of its route, or the one for all; "" for none.
func (s Slack) FallbackOf(channel string) string {
	for _, r := range s.Routes {
		if r.Channel == channel && r.Fallback != "" {
			return r.Fallback
		}
	}
	return s.Fallback
}
