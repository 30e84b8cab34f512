package slack

import (
	"context"
	"fmt"
	"time"

	"panelwatch/alerts"
	"panelwatch/etl/panel"
)

// kindTrial marks the messages of Try; none is in an outbox.
const kindTrial = "test"

// A Trial is a test of a channel with messages that people see.
type Trial struct {
	Poster   Poster
	Channel  string
	Language string
	Now      time.Time // names the trial, and stands in its message
	PNG      []byte    // a chart
	Alt      string
}

// Try posts a message, replies to it with a chart, edits the message to say
// that all is well, and looks for it in the channel. What fails is told; what
// needs it is left out.
func (t Trial) Try(ctx context.Context) (steps []Step) {
	m := t.message("panelwatch 测试消息，无需处理", "A test message of panelwatch, nothing to do")
	var err error
	if m.TS, err = t.Poster.Post(ctx, m); err != nil {
		return []Step{outcome("post", "", err)}
	}
	steps = append(steps, outcome("post", "message "+m.TS, nil))
	if _, only := t.Poster.(*Webhook); only {
		return steps
	}
	steps = append(steps, t.reply(ctx, m.TS)...)
	if firstError(steps) == nil {
		edited := t.message("panelwatch 测试通过：消息、线程、图表、编辑均可用", "The test of panelwatch is done: messages, threads, charts and edits work")
		edited.TS = m.TS
		steps = append(steps, outcome("edit", "the message says that the test is done", t.Poster.Edit(ctx, edited)))
	}
	at, found, err := t.Poster.Find(ctx, m, t.Now.Add(-searchMargin))
	if err == nil && (!found || at.TS != m.TS) {
		err = &Failure{Class: Ambiguous, Code: "not found", Detail: "the message is not in the channel's history"}
	}
	return append(steps, outcome("find", "the message is found by its metadata", err))
}

// reply posts into the thread, and its chart after it.
func (t Trial) reply(ctx context.Context, thread string) (steps []Step) {
	m := t.message("测试图表", "A test chart")
	m.Subject, m.ThreadTS, m.PNG, m.Alt = m.Subject+" chart", thread, t.PNG, t.Alt
	var err error
	m.TS, err = t.Poster.Post(ctx, m)
	steps = append(steps, outcome("reply", "in the thread", err))
	for _, f := range filesOf(m) {
		steps = append(steps, outcome("chart", f.Name+" is shared in the thread", t.Poster.Share(ctx, m, f)))
	}
	return steps
}

func outcome(name, says string, err error) Step {
	if err != nil {
		return failed(name, failureOf(err))
	}
	return Step{Name: name, Says: says}
}

// message is a sentence and the time.
func (t Trial) message(zh, en string) alerts.Message {
	text := language(t.Language).pick(zh, en)
	when := fmt.Sprintf("<!date^%d^{date_short_pretty} {time}|%s>", t.Now.Unix(), t.Now.UTC().Format(time.RFC3339))
	m := alerts.Message{
		Channel: t.Channel, Kind: kindTrial, Month: panel.MonthIn(t.Now),
		Subject: t.Now.UTC().Format("20060102T150405.000"), Text: text + " " + when,
	}
	m.Hash = hash(m.Text, nil)
	return m
}
