package slack

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"panelwatch/alerts"
	"panelwatch/etl/panel"
)

// A figure is what data say of one app of a made-up month: devices in 万, and
// whether that is worth telling.
type figure struct {
	wan     float64
	verdict alerts.Verdict
}

var watched = []panel.AppID{"rail", "tax", "grid", "bank"}

// monthOf is a month with these figures, by app.
func monthOf(figures map[panel.AppID]figure, revision int) alerts.Digest {
	d := alerts.Digest{Month: september, Channel: "C0PANELWATCH", Language: "zh", Extracts: []alerts.ExtractNote{{
		Source: "vendor", Vendor: "示例", Month: september, Revision: revision, Basis: panel.Assumed,
	}}}
	list := alerts.List{Name: "榜", Size: 3, Months: map[panel.Month][]alerts.Entry{}}
	for i, app := range watched {
		x, known := figures[app]
		if !known {
			continue
		}
		f := total("record_high", app, string(app))
		f.Verdict, f.Value = x.verdict, x.wan*1e4
		f.Zh = fmt.Sprintf("%s 月独立设备数 %s", app, alerts.Format(f.Value, alerts.Devices, false))
		d.Findings = append(d.Findings, f)
		list.Months[september] = append(list.Months[september], alerts.Entry{App: app, Name: string(app), Rank: i + 1, Devices: f.Value})
	}
	d.Lists = []alerts.List{list}
	return d
}

func viewOf(d alerts.Digest) alerts.View {
	return alerts.View{Month: d.Month, Findings: d.Findings, Lists: d.Lists}
}

// An outbox as the warehouse keeps it: what was told first, what is shown.
type kept struct {
	first   alerts.Digest
	state   string
	shown   map[string]alerts.Message // by Key
	firsts  map[string]alerts.Content
	about   map[string]alerts.Finding // details, by Key
	replies int
}

func posted(t testing.TB, first alerts.Digest) *kept {
	k := &kept{first: first, shown: map[string]alerts.Message{}, firsts: map[string]alerts.Content{}, about: map[string]alerts.Finding{}}
	messages, err := Compose(first, noPicture)
	if err != nil {
		t.Fatal(err)
	}
	k.take(messages, first.Findings)
	return k
}

func noPicture(alerts.Finding) ([]byte, string, error) { return nil, "", nil }

func (k *kept) take(messages []alerts.Message, findings []alerts.Finding) {
	of := BySubject(findings)
	for _, m := range messages {
		had, known := k.shown[Key(m)]
		switch {
		case m.Kind == alerts.KindCorrection:
			k.replies++
		case !known:
			k.about[Key(m)] = of[m.Subject]
		default:
			if _, corrected := k.firsts[Key(m)]; !corrected {
				k.firsts[Key(m)] = alerts.Content{Text: had.Text, Blocks: had.Blocks}
			}
		}
		k.shown[Key(m)] = m
	}
}

func (k *kept) thread() alerts.Thread {
	t := alerts.Thread{Told: k.first.Findings, State: k.state}
	content := func(m alerts.Message) *alerts.Content {
		if c, ok := k.firsts[Key(m)]; ok {
			return &c
		}
		return nil
	}
	for _, m := range k.shown {
		switch m.Kind {
		case alerts.KindDigest:
			t.Digest.First = content(m)
		case alerts.KindDetail:
			f := k.about[Key(m)]
			t.Details = append(t.Details, alerts.Posted{Subject: m.Subject, Finding: f, First: content(m), Later: !t.Knew(f)})
		}
	}
	slices.SortFunc(t.Details, func(a, b alerts.Posted) int { return strings.Compare(a.Subject, b.Subject) })
	return t
}

// revise lets a revision come; it says whether anything was told.
func (k *kept) revise(t testing.TB, now alerts.Digest) bool {
	thread := k.thread()
	c := alerts.Correct(thread.Told, viewOf(k.first), viewOf(now), Printing(now))
	if c.State == k.state {
		return false
	}
	found := now.Findings
	c.Because = now.Extracts
	now.Correction, now.Findings = &c, c.Tells(now.Findings)
	messages, err := Correct(now, thread, noPicture)
	if err != nil {
		t.Fatal(err)
	}
	k.state = c.State
	k.take(messages, found)
	return true
}

// Whatever revisions came between, and however many, the messages end as if
// only the last one that moved anything had come: word for word, the digest and
// every detail. A detail that was added in between says that it is withdrawn.
// Each state is told by one reply.
func TestTheWayLeavesNoTrace(t *testing.T) {
	figures := rapid.Custom(func(t *rapid.T) map[panel.AppID]figure {
		out := map[panel.AppID]figure{}
		for _, app := range watched {
			if rapid.Bool().Draw(t, "delivered") {
				out[app] = figure{
					// 0.02 is less than is printed.
					wan:     rapid.SampledFrom([]float64{100, 100.02, 130}).Draw(t, "wan"),
					verdict: rapid.SampledFrom([]alerts.Verdict{alerts.Fired, alerts.Expected, alerts.Noise}).Draw(t, "verdict"),
				}
			}
		}
		return out
	})
	rapid.Check(t, func(rt *rapid.T) {
		first := monthOf(figures.Draw(rt, "first"), 1)
		long := posted(t, first)
		moved, last, changes := 0, first, 0
		for i, data := range rapid.SliceOfN(figures, 1, 5).Draw(rt, "revisions") {
			now := monthOf(data, i+2)
			if long.revise(t, now) {
				moved, last, changes = i+2, now, changes+1
			}
		}
		short := posted(t, first)
		if moved > 0 {
			short.revise(t, last)
		}
		compareEnds(rt, long, short)
		if long.replies != changes {
			rt.Errorf("%d replies for %d corrections", long.replies, changes)
		}
	})
}

func compareEnds(t *rapid.T, long, short *kept) {
	for key, m := range short.shown {
		if m.Kind == alerts.KindCorrection {
			continue
		}
		got := long.shown[key]
		if diff := cmp.Diff(m.Text+"\n"+string(m.Blocks), got.Text+"\n"+string(got.Blocks)); diff != "" {
			t.Errorf("%s, straight (-), by detours (+):\n%s", key, diff)
		}
	}
	for key, m := range long.shown {
		if _, both := short.shown[key]; !both && m.Kind == alerts.KindDetail && !strings.Contains(m.Text, "撤回") {
			t.Errorf("%s stands, but was added on the way only: %s", key, m.Text)
		}
	}
}

// TestCorrectGolden shows a corrected month in every language: one number
// moved, one finding is withdrawn, one is new, a list changed.
func TestCorrectGolden(t *testing.T) {
	for _, l := range []string{"zh", "en", "both"} {
		t.Run(l, func(t *testing.T) {
			first, now := sampleDigest(), sampleDigest()
			first.Language, now.Language = l, l
			now.Extracts[0].Revision = 3
			corrected(&now)
			k := posted(t, first)
			if !k.revise(t, now) {
				t.Fatal("nothing was corrected")
			}
			var screen bytes.Buffer
			for _, key := range sortedKeys(k.shown) {
				if err := render(&screen, k.shown[key], false); err != nil {
					t.Fatal(err)
				}
			}
			golden(t, "correction_"+l+".txt", screen.Bytes())
		})
	}
}

func sortedKeys(shown map[string]alerts.Message) (keys []string) {
	for key := range shown {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b string) int {
		order := func(k string) int { return strings.Index("digest detail correction", strings.Fields(k)[0]) }
		if d := order(a) - order(b); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	return keys
}

// corrected changes a sample digest as a revision would.
func corrected(d *alerts.Digest) {
	record := &d.Findings[0]
	record.Value, record.Expected = 1.21e8, 1.13e8
	record.Zh = strings.Replace(record.Zh, "1.19亿台", "1.21亿台", 1)
	record.En = strings.Replace(record.En, "119.0M", "121.0M", 1)
	d.Findings[1].Verdict = alerts.Noise
	added := total("missing_peak", "gongjijin", "公积金")
	added.Zh, added.En = "公积金 2023-09 月独立设备数 310.0万台，应有的高峰没有出现", "公积金 2023-09: 3.100M devices, the expected peak is missing"
	d.Findings = append(d.Findings, added)
	entries := d.Lists[0].Months[september]
	entries[0].Devices, entries[1].Rank, entries[2].Rank = 18012000, 3, 2
}
