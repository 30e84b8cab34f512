package main

import (
	"slices"
	"strings"

	"panelwatch/alerts"
	"panelwatch/etl/panel"
	"panelwatch/sql/warehouse"
)

// toldAbout names a finding by its month and its rule and subject.
type toldAbout struct {
	month panel.Month
	topic string
}

// A findingLife is what became of a finding, as JSON; fields are only ever
// added.
type findingLife struct {
	State      string       `json:"state"`       // of what fired: new, ongoing, resolved, not_evaluable, not_followed
	StateMonth panel.Month  `json:"state_month"` // month that the state is of
	Messages   []postLine   `json:"messages"`    // where it was told
	Answers    []answerLine `json:"answers"`
}

type postLine struct {
	Channel string `json:"channel"`
	TS      string `json:"ts"`
}

type answerLine struct {
	Kind   alerts.ResponseKind `json:"kind"` // ack, mute, false_alarm
	User   string              `json:"user"`
	At     string              `json:"at"`
	Lifted string              `json:"lifted"` // "" while it stands
}

// lives are what became of the findings of some months.
func (w *world) lives(house *warehouse.Warehouse, from, to panel.Month) (map[toldAbout]*findingLife, error) {
	lives := map[toldAbout]*findingLife{}
	of := func(m panel.Month, topic string) *findingLife {
		key := toldAbout{m, topic}
		if lives[key] == nil {
			lives[key] = &findingLife{StateMonth: m, Messages: []postLine{}, Answers: []answerLine{}}
		}
		return lives[key]
	}
	became, err := house.Became(w.ctx, from, to)
	if err != nil {
		return nil, err
	}
	for _, b := range became {
		l := of(b.Month, b.Topic)
		l.State, l.StateMonth = b.State, b.As
	}
	posts, err := house.Posts(w.ctx, from, to)
	if err != nil {
		return nil, err
	}
	for _, p := range posts {
		if p.Kind == alerts.KindDetail {
			l := of(p.Month, p.Topic)
			l.Messages = append(l.Messages, postLine{p.Channel, p.TS})
		}
	}
	answers, err := house.Responses(w.ctx, from)
	for _, a := range answers {
		if a.Month <= to && a.Topic != "" {
			of(a.Month, a.Topic).add(a)
		}
	}
	return lives, err
}

func (l *findingLife) add(a alerts.Answer) {
	const second = "2006-01-02T15:04:05Z"
	line := answerLine{Kind: a.Kind, User: a.User, At: a.At.UTC().Format(second)}
	if !a.Lifted.IsZero() {
		line.Lifted = a.Lifted.UTC().Format(second)
	}
	l.Answers = append(l.Answers, line)
}

// line is the same for people: a second line, nothing where there is nothing
// to say. Answers that were taken back are left out.
func (l *findingLife) line() string {
	if l == nil {
		return ""
	}
	var parts []string
	if l.State != "" {
		parts = append(parts, l.State+" ("+l.StateMonth.String()+")")
	}
	for _, p := range l.Messages {
		parts = append(parts, "told "+p.Channel+" "+p.TS)
	}
	for _, kind := range []alerts.ResponseKind{alerts.Ack, alerts.Mute, alerts.FalseAlarm} {
		if users := l.users(kind); len(users) > 0 {
			parts = append(parts, string(kind)+" "+strings.Join(users, " "))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "\n         " + strings.Join(parts, " · ")
}

func (l *findingLife) users(kind alerts.ResponseKind) (users []string) {
	for _, a := range l.Answers {
		if a.Kind == kind && a.Lifted == "" && !slices.Contains(users, a.User) {
			users = append(users, a.User)
		}
	}
	return users
}
