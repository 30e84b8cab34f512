package alerts

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"panelwatch/alerts/calendar"
	"panelwatch/etl/panel"
)

// A Silence holds back what would be told of some months: the findings that
// its matcher fits, or, of a mute, those of one subject. It never changes what
// was told before it was made.
type Silence struct {
	ID       int64 // 0 of a mute
	Match    Matcher
	Muted    *Muted      // nil unless it is a mute
	From, To panel.Month // months judged, both included; 0 without a limit
	Holiday  string      // only months that the calendar calls so, each year; "" every month
	Reason   string
	Author   string
	Until    time.Time // the last day on which it holds; zero of a mute, which ends with To
	Created  time.Time
	Expired  time.Time // ended before its day, zero while it stands
	EndedBy  string
}

// A Matcher names what is silenced: each field empty for anything, else exact
// or a pattern with * and ?.
type Matcher struct {
	Rule, App, List, Category, Dimension, Member, Source string
}

// Muted is what a user asked, on a message, to hear no more about.
type Muted struct {
	Rules   []string // of the finding told, with those merged into it
	Subject Subject
	Topic   string      // of the message
	Told    panel.Month // month of the message
}

// Standing reports whether a silence holds at an instant, whatever the month.
func (s Silence) Standing(at time.Time) bool {
	ended := !s.Expired.IsZero() && !at.Before(s.Expired)
	past := !s.Until.IsZero() && !at.Before(s.Until.AddDate(0, 0, 1))
	return !at.Before(s.Created) && !ended && !past
}

// Covers reports whether a silence is about month m.
func (s Silence) Covers(m panel.Month, c *calendar.Calendar) bool {
	return (s.From == 0 || m >= s.From) && (s.To == 0 || m <= s.To) && (s.Holiday == "" || c.Has(s.Holiday, m))
}

// Covering are the silences about month m, in their order.
func Covering(all []Silence, m panel.Month, c *calendar.Calendar) (out []Silence) {
	for _, s := range all {
		if s.Covers(m, c) {
			out = append(out, s)
		}
	}
	return out
}

// fields are the conditions of a matcher by name, in the order of the command
// line.
func (m Matcher) fields() [][2]string {
	return [][2]string{
		{"rule", m.Rule},
		{"app", m.App},
		{"list", m.List},
		{"category", m.Category},
		{"dimension", m.Dimension},
		{"member", m.Member},
		{"source", m.Source},
	}
}

// String writes the conditions that there are: "rule=unexpected_* app=geshui".
func (m Matcher) String() string {
	var parts []string
	for _, f := range m.fields() {
		if f[1] != "" {
			parts = append(parts, f[0]+"="+f[1])
		}
	}
	return strings.Join(parts, " ")
}

// What names what a silence is about: its matcher, or the topic muted.
func (s Silence) What() string {
	if s.Muted != nil {
		return s.Muted.Topic
	}
	return s.Match.String()
}

// Name tells a silence from others: "silence 3", "mute by U1 of record_high
// tielu12306 (2023-09)".
func (s Silence) Name() string {
	if s.Muted != nil {
		return fmt.Sprintf("mute by %s of %s (%s)", s.Author, s.Muted.Topic, s.Muted.Told)
	}
	return fmt.Sprintf("silence %d", s.ID)
}

// holds reports whether a silence fits one rule's finding. category is that of
// the finding's app.
func (s Silence) holds(f Finding, category string) bool {
	if s.Muted != nil {
		return slices.Contains(s.Muted.Rules, f.Rule) && f.Subject == s.Muted.Subject
	}
	seg := f.Subject.Segment
	m := s.Match
	return fits(m.Rule, f.Rule) && (fits(m.App, string(f.Subject.App)) || m.App != "" && fits(m.App, string(f.Subject.Other))) &&
		fits(m.List, f.Subject.List) && fits(m.Category, category) &&
		fits(m.Dimension, seg.Dimension) && fits(m.Member, seg.Member) && fits(m.Source, f.Subject.Source)
}

// fits: an empty pattern takes anything, and only it takes nothing.
func fits(pattern, value string) bool {
	if pattern == "" || pattern == value {
		return true
	}
	ok, _ := path.Match(pattern, value) // a bad pattern was refused when it was made
	return ok && value != ""
}

// hush suppresses what is worth telling and silenced, and takes it off the
// watch list.
func (k Knowledge) hush(found []Finding, h History) []Finding {
	if len(k.Silences) == 0 {
		return found
	}
	out := slices.Clone(found)
	for i, f := range out {
		if !f.told() && !f.Watch {
			continue
		}
		at := slices.IndexFunc(k.Silences, func(s Silence) bool { return s.holds(f, h.categoryOf(f.Subject)) })
		switch {
		case at < 0:
		case f.told():
			out[i] = f.unless(Suppressed, k.Silences[at].why())
			out[i].Silence = k.Silences[at].Name()
		default:
			out[i].Watch = false
		}
	}
	return out
}

// categoryOf is the category of a subject's app, or the one that it is itself.
func (h History) categoryOf(s Subject) string {
	if s.App == "" {
		return s.List
	}
	for _, series := range h.Series {
		if series.App == s.App && series.Category != "" {
			return series.Category
		}
	}
	return ""
}

// why is the reason of what is held back: it names the silence.
func (s Silence) why() Fact {
	if s.Muted != nil {
		return Fact{
			fmt.Sprintf("由 %s 在 %s 的消息上静音，至 %s", s.Author, s.Muted.Told, s.To),
			fmt.Sprintf("muted by %s on the message of %s, until %s", s.Author, s.Muted.Told, s.To),
		}
	}
	until := s.Until.Format(time.DateOnly)
	return Fact{
		fmt.Sprintf("静默 %d（%s，至 %s）：%s", s.ID, s.Author, until, s.Reason),
		fmt.Sprintf("silence %d by %s until %s: %s", s.ID, s.Author, until, s.Reason),
	}
}
