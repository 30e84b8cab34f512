package warehouse

import (
	"context"
	"fmt"
	"strings"
	"time"

	"panelwatch/alerts"
	"panelwatch/etl/panel"
)

type muteRow struct {
	aboutRow
	ID      int64      `db:"response_id"`
	User    string     `db:"user_id"`
	First   time.Time  `db:"first_at"`
	Lifted  *time.Time `db:"lifted_at"`
	Month   time.Time  `db:"month_start"`
	Message string     `db:"subject"`
	Home    string     `db:"home"`
}

// An aboutRow is rule and subject of a finding.
type aboutRow struct {
	Rule      string      `db:"rule"`
	Also      string      `db:"also"`
	App       panel.AppID `db:"app_id"`
	Other     panel.AppID `db:"other_app_id"`
	List      string      `db:"list_name"`
	Dimension string      `db:"dimension"`
	Member    string      `db:"member"`
	Source    string      `db:"source"`
}

// Mutes are the silences that people asked for on messages, each of so many
// months after the one told; those taken back are expired.
func (w *Warehouse) Mutes(ctx context.Context, months int) (out []alerts.Silence, err error) {
	var rows []muteRow
	if err := w.db.SelectContext(ctx, &rows, query("mutes")); err != nil {
		return nil, fmt.Errorf("read mutes: %w", err)
	}
	for _, r := range rows {
		f := r.finding()
		if topic := topicOf(r.Home, r.Message); f.Topic() != topic {
			continue // another finding of the judgement that the message told
		}
		told := panel.MonthIn(r.Month)
		out = append(out, alerts.Silence{
			Muted: &alerts.Muted{Rules: append([]string{f.Rule}, f.Also...), Subject: f.Subject, Topic: f.Topic(), Told: told},
			From:  told + 1, To: told + panel.Month(months),
			Author: r.User, Created: r.First, Expired: timeOrZero(r.Lifted),
		})
	}
	return out, nil
}

func (r aboutRow) finding() alerts.Finding {
	return alerts.Finding{
		Rule: r.Rule, Also: strings.FieldsFunc(r.Also, func(c rune) bool { return c == ',' }),
		Subject: alerts.Subject{
			App: r.App, Other: r.Other, List: r.List, Source: r.Source,
			Segment: panel.Segment{Dimension: r.Dimension, Member: r.Member},
		},
	}
}

// topicOf is what a message is about: its subject, without the channel that it
// stands in for.
func topicOf(home, subject string) string {
	if home == "" {
		return subject
	}
	return strings.TrimPrefix(strings.TrimPrefix(subject, home), " ")
}

// Responses are the answers to messages of a month and later ones, in the
// order in which they were seen, those taken back among them.
func (w *Warehouse) Responses(ctx context.Context, from panel.Month) (out []alerts.Answer, err error) {
	var rows []struct {
		messageKey
		User   string              `db:"user_id"`
		Answer alerts.ResponseKind `db:"kind"`
		Via    string              `db:"via"`
		Emoji  string              `db:"emoji"`
		First  time.Time           `db:"first_at"`
		Lifted *time.Time          `db:"lifted_at"`
	}
	if err := w.db.SelectContext(ctx, &rows, query("responses"), from.Start()); err != nil {
		return nil, fmt.Errorf("read responses: %w", err)
	}
	for _, r := range rows {
		out = append(out, alerts.Answer{
			Response: alerts.Response{
				Channel: r.Channel, TS: r.TS, User: r.User, Kind: r.Answer, Via: r.Via, Emoji: r.Emoji, At: r.First,
			},
			Month: panel.MonthIn(r.Month), Topic: topicOf(r.Home, r.Subject), Lifted: timeOrZero(r.Lifted),
		})
	}
	return out, nil
}

type messageKey struct {
	Month   time.Time `db:"month_start"`
	Channel string    `db:"channel"`
	TS      string    `db:"ts"`
	Home    string    `db:"home"`
	Subject string    `db:"subject"`
}

// A Post is a message where people read it.
type Post struct {
	Channel, TS, Kind string
	Month             panel.Month
	Topic             string // rule and subject of the finding, "" of a digest
}

// Answerable are the messages of the newest months told that people may react
// to, newest month first.
func (w *Warehouse) Answerable(ctx context.Context, months int) ([]Post, error) {
	return w.posts(ctx, "messages_answerable", months)
}

// Posts are the messages of some months that stand in a channel.
func (w *Warehouse) Posts(ctx context.Context, from, to panel.Month) ([]Post, error) {
	return w.posts(ctx, "messages_told", from.Start(), to.Start())
}

func (w *Warehouse) posts(ctx context.Context, name string, args ...any) (out []Post, err error) {
	var rows []struct {
		messageKey
		Kind string `db:"kind"`
	}
	if err := w.db.SelectContext(ctx, &rows, query(name), args...); err != nil {
		return nil, fmt.Errorf("read messages: %w", err)
	}
	for _, r := range rows {
		out = append(out, Post{Channel: r.Channel, TS: r.TS, Kind: r.Kind, Month: panel.MonthIn(r.Month), Topic: topicOf(r.Home, r.Subject)})
	}
	return out, nil
}
