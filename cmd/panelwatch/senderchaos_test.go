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
	two := max(1, *senderKills/4) // that wait for each other
	t.Run("alone", func(t *testing.T) {
		t.Parallel()
		killedSenders(t, newCourier(t, 71), 1, *senderKills-two)
	})
	t.Run("two at once", func(t *testing.T) {
		t.Parallel()
		killedSenders(t, newCourier(t, 72), 2, two)
	})
}

func killedSenders(t *testing.T, c *courier, senders, wanted int) {
	began := time.Now()
	c.reset(t, 0)
	whole := c.last(t, 1)
	c.agree(t)
	kills, rounds, searches := 0, 0, 0
	for ; kills < wanted; rounds++ {
		c.reset(t, 0.06)
		for turn := 0; turn < 8 && kills < wanted; turn++ {
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
		searches += c.fake.Calls("conversations.history") + c.fake.Calls("conversations.replies")
		if t.Failed() {
			t.Fatalf("round %d", rounds)
		}
	}
	t.Logf("%d kills in %d rounds in %s; %d messages take %s when undisturbed; the channel was searched %d times",
		kills, rounds, time.Since(began).Round(time.Second), len(c.outbox(t)), whole.Round(time.Millisecond), searches)
}

// disturb starts senders at once and kills, at some point, the one whose turn
// it is; the others go on. It is false when none was there to be killed.
func (c *courier) disturb(t *testing.T, senders int, whole time.Duration) (killed bool) {
	var all []*sender
	for range senders {
		all = append(all, c.send(t))
	}
	c.moment(all[0], whole)
	victim := c.holder(t, all)
	if victim != nil {
		killed = c.kill(t, victim)
	}
	for _, s := range all {
		if s != victim || !killed {
			s.ended(t)
		}
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
			digests[m.Channel+m.Month.String()] = r.ts
		} else if got.ThreadTS != digests[m.Channel+m.Month.String()] {
			t.Errorf("%s is in thread %q", slack.Key(m), got.ThreadTS)
		}
		if key := got.Metadata.EventPayload["key"]; key != slack.Key(m) || got.Channel != m.Channel {
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

func (c *courier) everything() (all []slackfake.Message) {
	for _, channel := range courierChannels {
		all = append(all, c.fake.Messages(channel)...)
	}
	return all
}

// told lists the messages of the channels, and counts the files by thread and
// content. No name may stand there twice.
func (c *courier) told(t *testing.T) (texts []slackfake.Message, charts map[string]int) {
	t.Helper()
	charts = map[string]int{}
	seen := map[string]bool{}
	for _, m := range c.everything() {
		if m.Metadata != nil {
			texts = append(texts, m)
		}
		for _, name := range m.Files {
			if seen[m.Channel+name] {
				t.Errorf("%s is in channel %s twice", name, m.Channel)
			}
			seen[m.Channel+name] = true
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
	c := newCourier(t, 73)
	c.dsn = with(t, c.dsn, "wait_timeout", "2") // one that freezes within a transaction is ended by the server
	for n := 0; n < max(1, *senderKills/30); n++ {
		c.reset(t, 0)
		paused := c.send(t)
		c.moment(paused, time.Second)
		if paused.run.Process.Signal(syscall.SIGSTOP) != nil || c.holder(t, []*sender{paused}) == nil {
			_ = paused.run.Process.Signal(syscall.SIGCONT)
			paused.ended(t)
			n--
			continue
		}
		c.last(t, 1)
		calls := c.visible()
		check(t, paused.run.Process.Signal(syscall.SIGCONT))
		<-paused.done
		if code := paused.run.ProcessState.ExitCode(); !slices.Contains([]int{exitDone, exitUnavailable, exitLeaseHeld}, code) {
			t.Errorf("exit code %d\n%s", code, paused.out.String())
		}
		if more := c.visible() - calls; more > 0 {
			t.Errorf("a paused sender made %d calls when it woke\n%s", more, paused.out.String())
		}
		c.agree(t)
		if t.Failed() {
			t.Fatal(fmt.Sprint("round ", n))
		}
	}
}
