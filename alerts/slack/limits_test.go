package slack

import (
	"context"
	"math"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"panelwatch/alerts"
	"panelwatch/alerts/slack/slackfake"
	"panelwatch/etl/panel"
)

func startFake(t *testing.T, o slackfake.Options) *slackfake.Fake {
	t.Helper()
	f, err := slackfake.New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	return f
}

func noSleep(context.Context, time.Duration) error { return nil }

// TestAnyDigestIsAccepted posts whatever is composed, small or huge, to a
// Slack that refuses what the real one refuses.
func TestAnyDigestIsAccepted(t *testing.T) {
	fake := startFake(t, slackfake.Options{})
	client := NewClient(ClientOptions{Token: slackfake.Token, APIURL: fake.APIURL(), Sleep: noSleep})
	rapid.Check(t, func(t *rapid.T) {
		messages, err := Compose(anyDigest(t), tinyChart)
		if err != nil {
			t.Fatal(err)
		}
		parent := ""
		for i, m := range messages {
			if m.ThreadTS = parent; i > 5 {
				break // details differ little from one another
			}
			ts, err := client.Post(context.Background(), m)
			if err != nil {
				t.Fatalf("%s: %v\n%s", Key(m), err, m.Blocks)
			}
			if n := length(m.Text); n > maxText || n == 0 {
				t.Fatalf("%s: text of %d characters", Key(m), n)
			}
			if i == 0 {
				parent = ts
			}
		}
	})
}

func anyText(t *rapid.T, label string, most int) string {
	unit := rapid.SampledFrom([]string{"铁路12306 ", "a<b & c>d ", "新高；", "*_`\n", "😀", "x"}).Draw(t, label)
	return strings.Repeat(unit, rapid.IntRange(0, most).Draw(t, label+" times"))
}

func anyNumber(t *rapid.T, label string) float64 {
	return rapid.OneOf(rapid.Float64Range(-1e12, 1e12), rapid.SampledFrom([]float64{math.NaN(), 0, 1e300, math.Inf(-1)})).Draw(t, label)
}

func anyDigest(t *rapid.T) alerts.Digest {
	d := alerts.Digest{
		Month: september, Channel: "C0PANELWATCH",
		Language: rapid.SampledFrom([]string{"zh", "en", "both", ""}).Draw(t, "language"),
	}
	for range rapid.IntRange(0, 4).Draw(t, "extracts") {
		d.Extracts = append(d.Extracts, alerts.ExtractNote{Vendor: anyText(t, "vendor", 400), Month: september, Synthetic: anyText(t, "synthetic", 300)})
	}
	one := anyFinding(t)
	for range rapid.IntRange(0, 120).Draw(t, "same") {
		d.Findings = append(d.Findings, one)
	}
	for range rapid.IntRange(0, 5).Draw(t, "findings") {
		d.Findings = append(d.Findings, anyFinding(t))
	}
	for range rapid.IntRange(0, 3).Draw(t, "lists") {
		d.Lists = append(d.Lists, anyList(t))
	}
	return d
}

func anyFinding(t *rapid.T) alerts.Finding {
	f := total(rapid.SampledFrom([]string{"record_high", "rank_change"}).Draw(t, "rule"), panel.AppID(anyText(t, "app", 90)), anyText(t, "name", 90))
	f.Verdict = rapid.SampledFrom([]alerts.Verdict{alerts.Fired, alerts.Expected, alerts.Noise, alerts.Suppressed}).Draw(t, "verdict")
	f.Zh, f.En = anyText(t, "zh", 900), anyText(t, "en", 900)
	f.Unit = rapid.SampledFrom([]alerts.Unit{alerts.Devices, alerts.Ratio, alerts.Points, alerts.Places}).Draw(t, "unit")
	f.Value, f.Expected, f.SE = anyNumber(t, "value"), anyNumber(t, "expected"), anyNumber(t, "se")
	f.Low, f.High = anyNumber(t, "low"), anyNumber(t, "high")
	if rapid.Bool().Draw(t, "facts") {
		f.Facts = []alerts.Fact{{Zh: anyText(t, "fact zh", 60), En: anyText(t, "fact en", 60)}}
	}
	return f
}

func anyList(t *rapid.T) alerts.List {
	l := alerts.List{Name: anyText(t, "list", 60), Size: rapid.IntRange(0, 150).Draw(t, "size"), Months: map[panel.Month][]alerts.Entry{}}
	name, region := anyText(t, "entry", 80), anyText(t, "region", 30)
	for i := range rapid.IntRange(0, 150).Draw(t, "entries") {
		l.Months[september] = append(l.Months[september], alerts.Entry{
			App: "a", Name: name, Region: region, Rank: i + 1, Devices: 1e7 - float64(i), SE: 100, DAU: math.NaN(), CAGR6: 0.01,
		})
	}
	return l
}
