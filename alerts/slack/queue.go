package slack

import (
	"context"
	"fmt"
	"slices"
	"time"

	"panelwatch/alerts"
	"panelwatch/etl/panel"
)

// A line is what waits for one channel, in the order in which it goes out. A
// line that has to wait lets the others pass.
type line struct {
	channel string
	due     []Due
	ready   time.Time // no call before
	waits   int       // how often the first was put off
}

// A thread is named by its channel, its month and the channel that it was
// meant for.
type thread struct {
	channel, home string
	month         panel.Month
}

func threadKey(m Due) thread { return thread{m.Channel, m.Home, m.Month} }

// work delivers the messages that are due and wanted.
func (r *round) work(ctx context.Context, wanted func(Due) bool) error {
	due, err := r.Outbox.Due(ctx)
	if err != nil {
		return fmt.Errorf("read outbox: %w", err)
	}
	for _, m := range due {
		if wanted(m) {
			l := r.line(m.Channel)
			l.due = append(l.due, m)
		}
	}
	for l := r.next(); l != nil; l = r.next() {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := r.turn(ctx, l); err != nil {
			return err
		}
	}
	return nil
}

func (r *round) line(channel string) *line {
	i := slices.IndexFunc(r.lines, func(l *line) bool { return l.channel == channel })
	if i < 0 {
		r.lines = append(r.lines, &line{channel: channel})
		i = len(r.lines) - 1
	}
	return r.lines[i]
}

// next is the line that may call first, nil when all are done.
func (r *round) next() (first *line) {
	for _, l := range r.lines {
		if len(l.due) > 0 && (first == nil || l.ready.Before(first.ready)) {
			first = l
		}
	}
	return first
}

// turn delivers the first message of a line, which stays there when it is put
// off.
func (r *round) turn(ctx context.Context, l *line) error {
	m := &l.due[0]
	failed, err := r.deliver(ctx, l, m)
	if err != nil {
		return err
	}
	if failed != nil && r.putOff(ctx, l, failed) {
		return nil
	}
	if failed != nil {
		r.fault(*m, failed)
	}
	if m.Kind == alerts.KindDigest {
		r.digests[threadKey(*m)] = *m
	}
	r.seen[m.ID] = true
	r.leave(*m)
	l.due, l.waits = l.due[1:], 0
	return nil
}

// leave counts a message that is as it will be after this round.
func (r *round) leave(m Due) {
	switch m.State {
	case alerts.Dead:
	case alerts.Sent:
		if m.Hash != m.SentHash {
			r.report.Outdated++
		}
	case alerts.Pending:
		r.report.Pending++
	default:
		r.report.Unknown++
	}
}
