package jobs_test

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"panelwatch/alerts"
	"panelwatch/jobs"
)

// A channel's messages, by kind, month and subject: their text.
type channelText map[string]string

var ids = regexp.MustCompile(`\d+-[0-9a-f]{12}|publication_id = \d+`)

// texts are what the channels show, without ids of numbers, which depend on how
// often was published.
func (s *site) texts(t *testing.T) channelText {
	t.Helper()
	out := channelText{}
	for _, r := range rows(t, s.db, "SELECT channel, kind, month_start, subject, text, blocks FROM message") {
		out[strings.TrimSpace(r[0]+" "+r[1]+" "+r[2][:7]+" "+r[3])] = ids.ReplaceAllString(r[4]+"\n"+r[5], "ID")
	}
	return out
}

// tells runs the job aloud, and lets everything be sent.
func (s *site) tells(t *testing.T) jobs.Summary {
	t.Helper()
	summary, err := s.runWith(t, jobs.Options{})
	must(t, err)
	_, err = s.db.ExecContext(t.Context(), `
		UPDATE message SET state = 'sent', ts = message_id, sent_hash = content_hash, attempts = 1, file_state = 'shared'`)
	must(t, err)
	return summary
}

// newCorrected is a site that has told October to December.
func newCorrected(t *testing.T) *site {
	t.Helper()
	s := newSite(t)
	s.config.Slack.DeliverFrom = "2023-10"
	s.write(t, "2023-01", "2023-12")
	s.tells(t)
	return s
}

// scaled corrects an app's devices by a factor.
func scaled(name string, factor float64) func(app string, devices *string) {
	return func(app string, devices *string) {
		if v, err := strconv.ParseFloat(*devices, 64); app == name && err == nil {
			*devices = strconv.FormatFloat(factor*v, 'f', 1, 64)
		}
	}
}

// changed are the keys whose texts are others, or new.
func changed(before, after channelText) (keys []string) {
	for key, text := range after {
		if before[key] != text {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

// A correction of June, which was never told, moves growth over six months in
// the list of December, which was: December alone is corrected, and says why.
func TestLaterMonthsAreCorrected(t *testing.T) {
	s := newCorrected(t)
	before := s.texts(t)
	s.revise(t, corrected, "r2", 2, tenthMore)
	summary := s.tells(t)
	after := s.texts(t)
	for _, key := range changed(before, after) {
		if !strings.Contains(key, " 2023-12") {
			t.Errorf("%s was touched:\n%s", key, cmp.Diff(before[key], after[key]))
		}
	}
	digest := after["C0PANELWATCH digest 2023-12"]
	for _, want := range []string{"（2023-06 第 2 版）", "地方政务 " + correctedApp + "：近6个月复合增长率 原 "} {
		if !strings.Contains(digest, want) {
			t.Errorf("the digest of December does not say %q:\n%s", want, digest)
		}
	}
	if n := summary.Messages["corrected"]; n == 0 {
		t.Errorf("summary: %v messages corrected", summary.Messages)
	}
	again := s.tells(t)
	if diff := cmp.Diff(after, s.texts(t)); diff != "" || again.Messages["written"] > 0 {
		t.Errorf("another run wrote %d messages:\n%s", again.Messages["written"], diff)
	}
}

// Two revisions one after the other, or at once, for two channels in two
// languages: digests and details end the same.
func TestRevisionsAtOnceReadTheSame(t *testing.T) {
	revisions := []func(app string, devices *string){
		scaled("铁路12306", 1.07), func(app string, devices *string) {
			scaled("铁路12306", 0.8)(app, devices)
			scaled("浙里办", 1.3)(app, devices)
		},
	}
	var ends []channelText
	for _, atOnce := range []bool{false, true} {
		s := newSite(t)
		s.config.Slack.DeliverFrom = "2023-10"
		s.config.Slack.Routes = []alerts.Route{{Channel: "C0ZH", Language: "zh"}, {Channel: "C0EN", Language: "en", Categories: []string{"地方政务"}}}
		s.write(t, "2023-01", "2023-12")
		s.tells(t)
		for i, edit := range revisions {
			s.revise(t, "2023-11", "r"+strconv.Itoa(i+2), i+2, edit)
			if !atOnce {
				s.tells(t)
			}
		}
		s.tells(t)
		ends = append(ends, s.texts(t))
	}
	straight, detours := ends[1], ends[0]
	var told []string
	for key, text := range straight {
		if strings.Contains(key, " correction ") {
			told = append(told, key[:strings.LastIndex(key, " ")])
		} else if diff := cmp.Diff(text, detours[key]); diff != "" {
			t.Errorf("%s, at once (-), one by one (+):\n%s", key, diff)
		}
	}
	slices.Sort(told)
	want := []string{"C0EN correction 2023-11 vendor 2023-11 r3", "C0ZH correction 2023-11 vendor 2023-11 r3"}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Errorf("corrections told, want (-), got (+):\n%s", diff)
	}
}

// A digest that nobody has seen yet is written anew, without marks; what it no
// longer tells is gone.
func TestUnseenMonthIsWrittenAnew(t *testing.T) {
	s := newSite(t)
	s.config.Slack.DeliverFrom = "2023-12"
	s.write(t, "2023-01", "2023-12")
	_, err := s.runWith(t, jobs.Options{})
	must(t, err)
	s.revise(t, "2023-12", "r2", 2, scaled("铁路12306", 1.4))
	_, err = s.runWith(t, jobs.Options{})
	must(t, err)
	other := newSite(t)
	other.config.Slack.DeliverFrom = "2023-12"
	other.write(t, "2023-01", "2023-12")
	other.revise(t, "2023-12", "r2", 2, scaled("铁路12306", 1.4))
	_, err = other.runWith(t, jobs.Options{})
	must(t, err)
	if diff := cmp.Diff(other.texts(t), s.texts(t)); diff != "" {
		t.Errorf("the second revision alone (-), after an unseen first one (+):\n%s", diff)
	}
}
