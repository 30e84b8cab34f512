package main

import (
	"bytes"
	"flag"
	"fmt"
	"slices"
	"syscall"
	"testing"
	"time"

	"panelwatch/alerts/slack"
	"panelwatch/alerts/slack/slackfake"
)

var senderKills = flag.Int("sender-kills", 60, "how many senders are killed at random points")

// Whatever befalls the senders of an outbox, killed at random points while
// Slack fails in every way it can, alone or two at once, with corrections
// coming in between: once nobody disturbs them, every message is in the
// channel exactly once, in order, as it reads by now, with its chart; and the
// outbox agrees.
func TestKilledSendersTellEverythingOnce(t *testing.T) {
	t.Parallel()
	c := newCourier(t, 70)
	var whole time.Duration
	took, rounds, found := time.Now(), 0, 0
	for kills := 0; kills < *senderKills || rounds == 0; rounds++ {
		c.reset(t, 0.06)
		if rounds == 0 { // how long it takes when all goes well
			c.fake.Calm()
			whole = c.last(t, 1)
			c.agree(t)
			continue
		}
		senders := 1 + rounds%2
		for range 8 {
			if kills >= *senderKills {
				break
			}
			if c.disturb(t, senders, whole) {
				kills++
			}
			if c.draw.IntN(3) == 0 {
				c.correct(t)
			}
		}
		c.fake.Calm()
		c.last(t, senders)
		c.agree(t)
		found += c.fake.Calls("conversations.replies")
		if t.Failed() {
			t.Fatalf("round %d", rounds)
		}
	}
	t.Logf("%d kills in %d rounds in %s; a delivery of %d messages takes %s when undisturbed; threads were searched %d times",
		*senderKills, rounds, time.Since(took).Round(time.Second), len(c.outbox(t)), whole.Round(time.Millisecond), found)
}

// disturb starts senders at once and kills one of them at some point; the
// others go on. It is false when that one was done before.
func (c *courier) disturb(t *testing.T, senders int, whole time.Duration) (killed bool) {
	var all []*sender
	for range senders {
		all = append(all, c.send(t))
	}
	victim := all[c.draw.IntN(senders)]
	c.moment(victim, whole)
	killed = c.kill(t, victim)
	for _, s := range all {
		if s != victim {
			s.ended(t)
		}
	}
	if !killed {
		victim.ended(t)
	}
	return killed
}

// last delivers what is left; nothing disturbs that.
func (c *courier) last(t *testing.T, senders int) time.Duration {
	t.Helper()
	began := time.Now()
	var all []*sender
	for range senders {
		all = append(all, c.send(t))
	}
	for _, s := range all {
		if s.ended(t) != exitDone {
			t.Errorf("an undisturbed delivery fails:\n%s", s.out.String())
		}
	}
	return time.Since(began)
}

// agree compares channel and outbox.
func (c *courier) agree(t *testing.T) {
	t.Helper()
	texts, charts := c.told(t)
	rows := c.outbox(t)
	if len(texts) != len(rows) {
		t.Errorf("%d messages in the channel, %d in the outbox", len(texts), len(rows))
	}
	digests := map[string]string{}
	for i, r := range rows[:min(len(rows), len(texts))] {
		m, got := r.message, texts[i]
		if m.Kind == "digest" {
			digests[m.Month.String()] = r.ts
		} else if got.ThreadTS != digests[m.Month.String()] {
			t.Errorf("%s is in thread %q", slack.Key(m), got.ThreadTS)
		}
		if key := got.Metadata.EventPayload["key"]; key != slack.Key(m) {
			t.Errorf("message %d of the channel is %v, want %s", i, key, slack.Key(m))
		}
		if got.Text != m.Text || got.Metadata.EventPayload["hash"] != m.Hash {
			t.Errorf("%s reads %.60q, want %.60q", slack.Key(m), got.Text, m.Text)
		}
		if r.state != "sent" || r.ts != got.TS || r.sent != m.Hash || len(m.PNG) > 0 && r.fileState != slack.FileShared {
			t.Errorf("%s is %s, ts %s (%s in the channel), chart %q", slack.Key(m), r.state, r.ts, got.TS, r.fileState)
		}
		if n := charts[got.ThreadTS+" "+string(m.PNG)]; len(m.PNG) > 0 && n != 1 {
			t.Errorf("%s has its chart %d times", slack.Key(m), n)
		}
	}
}

// told lists the messages of the channel, and counts the files by thread and
// content. No name may stand there twice.
func (c *courier) told(t *testing.T) (texts []slackfake.Message, charts map[string]int) {
	t.Helper()
	charts = map[string]int{}
	seen := map[string]bool{}
	for _, m := range c.fake.Messages(courierChannel) {
		if m.Metadata != nil {
			texts = append(texts, m)
		}
		for _, name := range m.Files {
			if seen[name] {
				t.Errorf("%s is in the channel twice", name)
			}
			seen[name] = true
			contents := c.fake.Uploaded(name)
			if same := slices.CompactFunc(contents, bytes.Equal); len(same) == 1 {
				charts[m.ThreadTS+" "+string(same[0])]++
			} else {
				t.Errorf("%s was uploaded with %d contents", name, len(same))
			}
		}
	}
	return texts, charts
}

// A sender that is paused for longer than its lease lasts, wherever it was,
// sends nothing once it wakes: by then another has taken over.
func TestPausedSendersWakeSilent(t *testing.T) {
	t.Parallel()
	c := newCourier(t, 71)
	for n := range max(1, *senderKills/30) {
		c.reset(t, 0)
		paused := c.send(t)
		c.moment(paused, time.Second)
		check(t, paused.run.Process.Signal(syscall.SIGSTOP))
		c.last(t, 1)
		calls := c.calls()
		check(t, paused.run.Process.Signal(syscall.SIGCONT))
		<-paused.done
		if code := paused.run.ProcessState.ExitCode(); !slices.Contains([]int{exitDone, exitUnavailable, exitLeaseHeld}, code) {
			t.Errorf("exit code %d\n%s", code, paused.out.String())
		}
		if posts := c.calls() - calls; posts > 1 { // one call may have been under way
			t.Errorf("round %d: a paused sender made %d calls when it woke\n%s", n, posts, paused.out.String())
		}
		c.agree(t)
		if t.Failed() {
			t.Fatal(fmt.Sprint("round ", n))
		}
	}
}
