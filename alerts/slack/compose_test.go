package slack

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"panelwatch/alerts"
	"panelwatch/etl/panel"
)

var update = flag.Bool("update", false, "rewrite testdata")

func compose(t *testing.T, d alerts.Digest) []alerts.Message {
	t.Helper()
	messages, err := Compose(d, tinyChart)
	if err != nil {
		t.Fatal(err)
	}
	return messages
}

// TestComposeGolden shows each message as Slack gets it and as a terminal
// shows it; -update rewrites both.
func TestComposeGolden(t *testing.T) {
	quiet := sampleDigest()
	quiet.Findings, quiet.Lists = quiet.Findings[3:], nil
	quiet.Coverage = alerts.Coverage{Rules: 9, Subjects: 842, Noise: 11}
	quiet.Extracts[0].Synthetic = ""
	both, english := sampleDigest(), sampleDigest()
	both.Language, english.Language = "both", "en"
	corrected := sampleDigest()
	corrected.Language, corrected.Findings = "both", append(corrected.Findings, correction())
	for name, d := range map[string]alerts.Digest{"zh": sampleDigest(), "quiet": quiet, "both": both, "en": english, "corrected": corrected} {
		t.Run(name, func(t *testing.T) {
			messages := compose(t, d)
			var screen bytes.Buffer
			for _, m := range messages {
				if err := render(&screen, m, false); err != nil {
					t.Fatal(err)
				}
			}
			golden(t, name+".txt", screen.Bytes())
			golden(t, name+".json", readable(t, messages))
		})
	}
}

func readable(t *testing.T, messages []alerts.Message) []byte {
	t.Helper()
	type view struct {
		Kind, Subject, Text, Alt, FileState, Hash string
		Blocks                                    json.RawMessage
	}
	var views []view
	for _, m := range messages {
		views = append(views, view{m.Kind, m.Subject, m.Text, m.Alt, m.FileState, m.Hash, m.Blocks})
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(views); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

func TestComposeTwiceIsTheSame(t *testing.T) {
	if diff := cmp.Diff(compose(t, sampleDigest()), compose(t, sampleDigest())); diff != "" {
		t.Errorf("composed twice (-first +second):\n%s", diff)
	}
}

func TestHashFollowsContent(t *testing.T) {
	d := sampleDigest()
	before := compose(t, d)
	d.Extracts[0].Revision++
	after := compose(t, d)
	for i := range before {
		if before[i].Hash == after[i].Hash {
			t.Errorf("%s: another revision, the same hash", Key(before[i]))
		}
	}
}

func TestABrokenChartLeavesTheText(t *testing.T) {
	for _, m := range compose(t, sampleDigest()) {
		switch m.Subject {
		case "cagr_fall dengta":
			if m.PNG != nil || !strings.Contains(m.FileState, "U+20BB7") || !strings.Contains(m.Text, "图表未能绘制") {
				t.Errorf("broken chart: png %q, state %q, text %q", m.PNG, m.FileState, m.Text)
			}
		case "record_high tielu12306":
			if len(m.PNG) == 0 || m.Alt == "" || m.FileState != "" {
				t.Errorf("good chart: png %q, alt %q, state %q", m.PNG, m.Alt, m.FileState)
			}
		}
	}
}

func TestDataCannotBecomeMarkup(t *testing.T) {
	d := sampleDigest()
	d.Findings[0].Zh = "<!channel> & <@U1> 新高"
	for _, m := range compose(t, d) {
		if strings.Contains(m.Text, "<!") || strings.Contains(m.Text, "<@") || bytes.Contains(m.Blocks, []byte(`"<!`)) {
			t.Errorf("%s: data reached Slack as markup: %s", Key(m), m.Text)
		}
	}
}

func TestSubjects(t *testing.T) {
	d := sampleDigest()
	city := total("unexpected_high", "tielu12306", "铁路12306")
	city.Subject.Segment = panel.Segment{Dimension: panel.City, Member: "北京"}
	long := total("record_high", panel.AppID(strings.Repeat("长", 300)), "x")
	d.Findings = []alerts.Finding{city, city, long}
	var got []string
	for _, m := range compose(t, d) {
		got = append(got, m.Subject)
	}
	want := []string{
		"", "unexpected_high tielu12306 city=北京", "unexpected_high tielu12306 city=北京 #2",
		"record_high " + strings.Repeat("长", 151) + " ee0ebaa2000ceffc",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("subjects (-want +got):\n%s", diff)
	}
}

// TestOverflowIsCounted: what the digest leaves out is named with its number,
// and every finding has its detail.
func TestOverflowIsCounted(t *testing.T) {
	d := sampleDigest()
	d.Findings = nil
	for range 300 {
		d.Findings = append(d.Findings, sampleDigest().Findings[0])
	}
	messages := compose(t, d)
	if len(messages) != 301 {
		t.Errorf("%d messages, want 301", len(messages))
	}
	told := strings.Count(messages[0].Text, "🔴")
	if told == 0 || told == 300 {
		t.Fatalf("digest tells %d findings, want some", told)
	}
	blocks := string(messages[0].Blocks)
	shown := strings.Count(blocks, "🔴")
	if want := language("zh").more(300-shown, "见线程", "see thread"); !strings.Contains(blocks, want) {
		t.Errorf("blocks show %d of 300 and do not say %q", shown, want)
	}
}

// A finding has buttons where somebody listens, and its digest has none.
func TestButtons(t *testing.T) {
	for _, language := range []string{"zh", "en", "both"} {
		d := sampleDigest()
		d.Language, d.Buttons = language, true
		for _, m := range compose(t, d) {
			has := bytes.Contains(m.Blocks, []byte(`"action_id":"panelwatch_mute"`))
			if want := m.Kind == alerts.KindDetail; has != want {
				t.Errorf("%s %s: buttons %v, want %v", language, m.Kind, has, want)
			}
			var screen bytes.Buffer
			if err := render(&screen, m, false); err != nil || has && !strings.Contains(screen.String(), "[✅") {
				t.Errorf("the preview does not show the buttons (%v):\n%s", err, &screen)
			}
		}
	}
}
