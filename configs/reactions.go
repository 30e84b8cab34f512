package configs

import (
	"cmp"
	"fmt"
	"io/fs"
	"regexp"

	"panelwatch/alerts"
)

// Reactions names the emoji that mean something on a message of ours, without
// colons. A meaning that has none keeps those of the shipped configuration.
type Reactions struct {
	Ack        []string `yaml:"ack"`         // seen and taken care of
	Mute       []string `yaml:"mute"`        // no more about this subject for mute_months
	FalseAlarm []string `yaml:"false_alarm"` // should not have been told
}

// What settings that leave something out stand for.
const (
	defaultReactionMonths = 3
	defaultMuteMonths     = 3
)

// ReactionsFor is the number of months told whose messages are looked at.
func (s Slack) ReactionsFor() int { return cmp.Or(s.ReactionMonths, defaultReactionMonths) }

// MutedFor is the number of data months that a mute lasts.
func (s Slack) MutedFor() int { return cmp.Or(s.MuteMonths, defaultMuteMonths) }

// Meanings are the meanings of emoji by name.
func (r Reactions) Meanings() map[string]alerts.ResponseKind {
	meanings := map[string]alerts.ResponseKind{}
	for _, m := range []struct {
		kind           alerts.ResponseKind
		names, shipped []string
	}{
		{alerts.Ack, r.Ack, []string{"white_check_mark"}},
		{alerts.Mute, r.Mute, []string{"no_bell"}},
		{alerts.FalseAlarm, r.FalseAlarm, []string{"-1", "thumbsdown"}},
	} {
		if len(m.names) == 0 {
			m.names = m.shipped
		}
		for _, name := range m.names {
			meanings[name] = m.kind
		}
	}
	return meanings
}

var emoji = regexp.MustCompile(`^[a-z0-9_+'-]+$`)

// checkReactions checks names and numbers; a fault names its place.
func (c *Config) checkReactions(fsys fs.FS) error {
	text, err := fs.ReadFile(fsys, "panelwatch.yaml")
	if err != nil {
		return err
	}
	s := c.Slack
	wrong := cmp.Or(notNegative("reaction_months", s.ReactionMonths), notNegative("mute_months", s.MuteMonths), s.Reactions.fault())
	if wrong == nil {
		return nil
	}
	return at("panelwatch.yaml", text, "$.slack."+wrong.key, fmt.Sprintf("slack: %v", wrong))
}

// fault finds a name that is none, or that means two things.
func (r Reactions) fault() *fault {
	seen := map[string]string{}
	for _, m := range []struct {
		key   string
		names []string
	}{{"ack", r.Ack}, {"mute", r.Mute}, {"false_alarm", r.FalseAlarm}} {
		for i, name := range m.names {
			key := fmt.Sprintf("reactions.%s[%d]", m.key, i)
			if !emoji.MatchString(name) {
				return &fault{key, fmt.Sprintf("%q is not the name of an emoji, such as no_bell (without colons)", name)}
			}
			if first, twice := seen[name]; twice {
				return &fault{key, fmt.Sprintf("%q stands under %s already", name, first)}
			}
			seen[name] = m.key
		}
	}
	return nil
}

func notNegative(key string, n int) *fault {
	if n < 0 {
		return &fault{key, fmt.Sprintf("%d: want a number of months", n)}
	}
	return nil
}
