package slack

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"regexp"
	"slices"
	"sync"
	"testing"
	"time"

	"panelwatch/alerts"
	"panelwatch/alerts/slack/slackfake"
)

// memory is an outbox that checks what it is asked to do, and can crash: call
// number crashAt fails, before or after it took effect, and so do all later ones.
type memory struct {
	rows    []Due
	calls   int
	crashAt int // 0 = never
	after   bool
	until   time.Time
	faults  []string // transitions that must not happen
}

var errCrash = errors.New("crashed")

func newMemory(messages ...alerts.Message) *memory {
	o := &memory{}
	for i, m := range messages {
		m.ID = int64(i + 1)
		o.rows = append(o.rows, Due{Message: m})
	}
	return o
}

// step runs do unless the crash comes first.
func (o *memory) step(do func()) error {
	o.calls++
	down := o.crashAt > 0 && o.calls >= o.crashAt
	if !down || o.after && o.calls == o.crashAt {
		do()
	}
	if down {
		return errCrash
	}
	return nil
}

func (o *memory) Due(context.Context) (due []Due, err error) {
	err = o.step(func() {
		for _, r := range o.rows {
			for _, p := range o.rows {
				if r.Threaded() && p.Kind == alerts.KindDigest && threadKey(p) == threadKey(r) {
					r.ThreadTS, r.Parent = p.TS, p.State
				}
			}
			if r.State != alerts.Dead && (r.State != alerts.Sent || r.Hash != r.SentHash || slices.ContainsFunc(filesOf(r.Message), notShared)) {
				due = append(due, r)
			}
		}
	})
	return due, err
}

func notShared(f File) bool { return f.State != FileShared }

func (o *memory) row(id int64) *Due { return &o.rows[id-1] }

func (o *memory) Begin(_ context.Context, id int64, at time.Time) error {
	return o.step(func() {
		r := o.row(id)
		if r.State != alerts.Pending {
			o.faults = append(o.faults, fmt.Sprintf("%s: %s -> sending", Key(r.Message), r.State))
		}
		r.State, r.AttemptedAt = alerts.Sending, at
		r.Attempts++
	})
}

func (o *memory) Settle(_ context.Context, id int64, out Outcome) error {
	return o.step(func() {
		r := o.row(id)
		same := r.State == alerts.Sent && out.State == alerts.Sent && r.TS == out.TS // an edit that failed
		if !same && r.State != alerts.Sending && r.State != alerts.Unsure || out.State == alerts.Sending || (out.State == alerts.Sent) != (out.TS != "") {
			o.faults = append(o.faults, fmt.Sprintf("%s: %s -> %s %q", Key(r.Message), r.State, out.State, out.TS))
		}
		r.State, r.TS, r.SentHash, r.LastError = out.State, out.TS, out.Hash, out.Reason
	})
}

func (o *memory) Until() time.Time { return o.until }

func (o *memory) Edited(_ context.Context, id int64, hash string, _ time.Time) error {
	return o.step(func() { o.row(id).SentHash = hash })
}

func (o *memory) Lost(_ context.Context, id int64, ts, reason string) error {
	return o.step(func() {
		r := o.row(id)
		r.State, r.TS, r.LostTS, r.SentHash, r.LastError = alerts.Pending, "", ts, "", reason
	})
}

func (o *memory) SetFile(_ context.Context, id int64, part Part, state string) error {
	return o.step(func() {
		if part == PartFile {
			o.row(id).File.State = state
		} else {
			o.row(id).FileState = state
		}
	})
}

func (o *memory) Redirect(_ context.Context, m alerts.Message, channel, reason string) error {
	return o.step(func() {
		r := o.row(m.ID)
		copied := Due{Message: r.Message}
		copied.ID, copied.Home, copied.Channel = int64(len(o.rows)+1), r.Channel, channel
		copied.Subject = r.Channel + " " + r.Subject
		copied.State, copied.TS, copied.SentHash, copied.Attempts = alerts.Pending, "", "", 0
		copied.FileState, copied.File.State = "", ""
		r.State, r.LastError = alerts.Dead, reason
		o.rows = append(o.rows, copied)
	})
}

// A world is a fake Slack, an outbox and a sender with a clock of its own.
type world struct {
	t      *testing.T
	fake   *slackfake.Fake
	outbox *memory
	sender *Sender
	log    *bytes.Buffer

	mu    sync.Mutex
	now   time.Time
	slept time.Duration
}

func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(time.Millisecond)
	return w.now
}

func (w *world) sleep(ctx context.Context, d time.Duration) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now, w.slept = w.now.Add(d), w.slept+d
	return ctx.Err()
}

func newWorld(t *testing.T, o slackfake.Options, messages ...alerts.Message) *world {
	t.Helper()
	w := &world{t: t, log: &bytes.Buffer{}, now: time.Date(2023, 10, 8, 2, 0, 0, 0, time.UTC), outbox: newMemory(messages...)}
	o.Now = w.clock
	w.fake = startFake(t, o)
	w.restart()
	return w
}

// restart is a new process on the same outbox and the same Slack.
func (w *world) restart() {
	client := NewClient(ClientOptions{
		Token: slackfake.Token, APIURL: w.fake.APIURL(), Sleep: w.sleep,
		HTTP: &http.Client{Timeout: 600 * time.Millisecond, Transport: &http.Transport{}},
	})
	w.sender = &Sender{
		Poster: client, Log: slog.New(slog.NewTextHandler(w.log, nil)),
		Now: w.clock, Sleep: w.sleep, Pace: time.Second, LookAgain: 5 * time.Second, Waits: 3,
	}
}

func (w *world) deliver() (Report, error) { return w.sender.Deliver(context.Background(), w.outbox) }

// hashed is what a file's name ends with.
var hashed = regexp.MustCompile(`-[0-9a-f]{8}\.`)

// keys are the keys and charts that a reader of the channel sees, sorted.
func (w *world) keys(channel string) (out []string) {
	for _, m := range w.fake.Messages(channel) {
		for _, name := range m.Files {
			out = append(out, "chart "+hashed.ReplaceAllString(name, "."))
		}
		if m.Metadata != nil {
			out = append(out, fmt.Sprint(m.Metadata.EventPayload["key"]))
		}
	}
	slices.Sort(out)
	return out
}

// sampleMessages are a digest and two details with charts.
func sampleMessages(t *testing.T, channel string) []alerts.Message {
	t.Helper()
	d := sampleDigest()
	d.Channel = channel
	d.Findings = slices.DeleteFunc(d.Findings, func(f alerts.Finding) bool { return f.Subject.App == "dengta" })
	messages, err := Compose(d, func(f alerts.Finding) ([]byte, string, error) { return []byte("png of " + f.Series.Name), "alt", nil })
	if err != nil {
		t.Fatal(err)
	}
	return messages
}

// all is what the channel shows once everything is delivered.
var all = []string{
	"chart 2023-09-filing_season-geshui.png", "chart 2023-09-record_high-tielu12306.png",
	"detail 2023-09 filing_season geshui", "detail 2023-09 record_high tielu12306", "digest 2023-09",
}
