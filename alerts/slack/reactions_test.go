package slack

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"panelwatch/alerts"
	"panelwatch/alerts/slack/slackfake"
	"panelwatch/etl/panel"
)

// listening is a listener on a workspace with a message, and what it slept.
func listening(t *testing.T, o slackfake.Options) (*Listener, *slackfake.Fake, string, *[]time.Duration) {
	t.Helper()
	fake, err := slackfake.New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = fake.Close() })
	var slept []time.Duration
	options := ClientOptions{Token: slackfake.Token, APIURL: fake.APIURL(), Sleep: func(_ context.Context, d time.Duration) error {
		slept = append(slept, d)
		return nil
	}}
	ts, err := NewClient(options).Post(t.Context(), alerts.Message{Channel: "C0PANELWATCH", Kind: alerts.KindDigest, Month: september, Text: "x"})
	if err != nil {
		t.Fatal(err)
	}
	return NewListener(options), fake, ts, &slept
}

func TestReactionsAreReadWholeAndWithoutBots(t *testing.T) {
	people := []slackfake.User{{ID: "U0LI"}, {ID: "U0WANG"}, {ID: "U0ROBOT", Bot: true}}
	for _, tc := range []struct {
		name  string
		users []slackfake.User
		scope string // that is missing
		want  []Reaction
	}{
		{"users are known", people, "", []Reaction{{"no_bell", []string{"U0LI", "U0WANG"}}, {"-1", []string{"U0WANG"}}}},
		{"users cannot be seen", people, "users:read", []Reaction{{"no_bell", []string{"U0LI", "U0WANG"}}, {"-1", []string{"U0ROBOT", "U0WANG"}}}},
		{"users have left", nil, "", []Reaction{{"no_bell", []string{"U0LI", "U0WANG"}}, {"-1", []string{"U0ROBOT", "U0WANG"}}}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			scopes := slices.DeleteFunc(slices.Clone(slackfake.AllScopes), func(s string) bool { return s == tc.scope })
			l, fake, ts, _ := listening(t, slackfake.Options{Users: tc.users, Scopes: scopes})
			for _, r := range []slackfake.Reaction{
				{Name: "no_bell", User: "U0LI"},
				{Name: "no_bell", User: "U0WANG"},
				{Name: "no_bell", User: slackfake.UserID},
				{Name: "-1::skin-tone-3", User: "U0ROBOT"},
				{Name: "-1::skin-tone-3", User: "U0WANG"},
			} {
				fake.React("C0PANELWATCH", ts, r.Name, r.User)
			}
			got, err := l.Reactions(t.Context(), "C0PANELWATCH", ts)
			if diff := cmp.Diff(tc.want, got); diff != "" || err != nil {
				t.Errorf("%v, (-want +got)\n%s", err, diff)
			}
		})
	}
}

// Reading waits when Slack says so, tries again what was no answer, and says
// what stands in the way without the token.
func TestReadingReactionsMeetsFaults(t *testing.T) {
	for _, tc := range []struct {
		name   string
		faults []slackfake.Fault
		ts     string // "" for the message
		want   string // of the error, "" for none
		slept  []time.Duration
	}{
		{"told to wait", []slackfake.Fault{slackfake.RateLimited(7 * time.Second)}, "", "", []time.Duration{7 * time.Second}},
		{"a dropped connection", []slackfake.Fault{slackfake.StoreThenDrop()}, "", "", []time.Duration{readPace}},
		{"no answer at all", slices.Repeat([]slackfake.Fault{slackfake.StoreThenDrop()}, readAgain), "", "read reactions: ", slices.Repeat([]time.Duration{readPace}, readAgain-1)},
		{"a revoked token", []slackfake.Fault{slackfake.Revoke()}, "", "token_revoked", nil},
		{"a message that is gone", nil, "1.000001", "", nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			l, fake, ts, slept := listening(t, slackfake.Options{})
			fake.Fail("reactions.get", tc.faults...)
			if tc.ts != "" {
				ts = tc.ts
			}
			got, err := l.Reactions(t.Context(), "C0PANELWATCH", ts)
			if (err == nil) != (tc.want == "") || err != nil && !strings.Contains(err.Error(), tc.want) || len(got) > 0 {
				t.Errorf("%v, %v; want %q", got, err, tc.want)
			}
			if err != nil && strings.Contains(err.Error(), slackfake.Token) {
				t.Errorf("the token is in %v", err)
			}
			if diff := cmp.Diff(tc.slept, *slept); diff != "" {
				t.Errorf("slept (-want +got)\n%s", diff)
			}
		})
	}
}

// After a burst, one message a pace.
func TestReadingManyReactionsIsPaced(t *testing.T) {
	l, _, ts, slept := listening(t, slackfake.Options{})
	for range readBurst + 3 {
		if _, err := l.Reactions(t.Context(), "C0PANELWATCH", ts); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(slices.Repeat([]time.Duration{readPace}, 3), *slept); diff != "" {
		t.Errorf("slept (-want +got)\n%s", diff)
	}
}

// A lively month: what became of August, silences, answers.
func lively() alerts.Digest {
	d := sampleDigest()
	followup := func(rule string, m panel.Month, state alerts.FollowState, zh, en string) alerts.Followup {
		f := alerts.Followup{Standing: alerts.Standing{State: state}, Zh: zh, En: en}
		f.Rule, f.Month, f.Posted, f.Last = rule, m, true, m == september-1
		return f
	}
	d.Followups = []alerts.Followup{
		followup("level_shift", september-6, alerts.Ongoing, "更早", "earlier"),
		followup("threshold_cross", september-4, alerts.Resolved, "交管12123 2023-05 突破 1.40亿台：已解除", "交管12123 2023-05 crossed 140.0M: resolved"),
		followup("unexpected_high", september-1, alerts.Ongoing, "云闪付 2023-08 高于预期区间：仍在", "云闪付 2023-08 above the expected band: still so"),
		followup("yoy_above", september-1, alerts.Unfollowed, "A&B <2023-08>：无法评估（本月无数据）", "A&B <2023-08>: cannot be evaluated (no value this month)"),
	}
	d.Silenced = []alerts.Held{
		{Findings: 2, Silence: alerts.Silence{
			ID: 3, Match: alerts.Matcher{Rule: "unexpected_*"}, Reason: "panel <moves>", Author: "wang", Until: time.Date(2024, 3, 31, 0, 0, 0, 0, time.UTC),
		}},
		{Silence: alerts.Silence{Author: "U0LI", To: september + 2, Muted: &alerts.Muted{Topic: "record_high geshui", Told: september - 1}}},
	}
	answer := func(kind alerts.ResponseKind, user, topic string) alerts.Answer {
		return alerts.Answer{Response: alerts.Response{User: user, Kind: kind}, Month: september - 1, Topic: topic}
	}
	d.Acknowledged = []alerts.Answer{
		answer(alerts.FalseAlarm, "U0SUN", "yoy_above a"), answer(alerts.Ack, "U0LI", "yoy_above a"), answer(alerts.Ack, "U0WANG", "yoy_above a"),
		answer(alerts.Ack, "U0LI", ""), answer(alerts.Mute, "U0LI", "record_high geshui"),
	}
	return d
}

func TestTheDigestTellsOfEarlierMonths(t *testing.T) {
	for language, want := range map[string]string{
		"zh": `此前发现的后续
✅ 交管12123 2023-05 突破 1.40亿台：已解除
⏳ 云闪付 2023-08 高于预期区间：仍在
❔ A&amp;B &lt;2023-08&gt;：无法评估（本月无数据）
⏳ 更早的另有 1 项未解除
静默与静音
🔕 静默 3 rule=unexpected_∗：panel &lt;moves&gt;（wang，至 2024-03-31）；本月不予告知 2 项
🔕 <@U0LI> 静音 record_high geshui（2023-08），至 2023-11；本月不予告知 0 项
对此前消息的回应
✅ <@U0LI> 已知悉 摘要 (2023-08)
✅ <@U0LI> <@U0WANG> 已知悉 yoy_above a (2023-08)
🔕 <@U0LI> 静音 record_high geshui (2023-08)
👎 <@U0SUN> 认为误报 yoy_above a (2023-08)
`,
		"en": `Findings of earlier months
✅ 交管12123 2023-05 crossed 140.0M: resolved
⏳ 云闪付 2023-08 above the expected band: still so
❔ A&amp;B &lt;2023-08&gt;: cannot be evaluated (no value this month)
⏳ 1 of months before are not resolved
Silenced
🔕 silence 3 rule=unexpected_∗: panel &lt;moves&gt; (wang, until 2024-03-31); 2 held back this month
🔕 <@U0LI> muted record_high geshui (2023-08) until 2023-11; 0 held back this month
Answers to earlier messages
✅ <@U0LI> acknowledged digest (2023-08)
✅ <@U0LI> <@U0WANG> acknowledged yoy_above a (2023-08)
🔕 <@U0LI> muted record_high geshui (2023-08)
👎 <@U0SUN> called a false alarm yoy_above a (2023-08)
`,
	} {
		d := lively()
		d.Language = language
		messages, err := Compose(d, func(alerts.Finding) ([]byte, string, error) { return nil, "", nil })
		if err != nil {
			t.Fatal(err)
		}
		first, _, _ := strings.Cut(want, "\n")
		_, got, _ := strings.Cut(messages[0].Text, "\n"+first+"\n")
		rest := strings.TrimPrefix(want, first+"\n")
		if !strings.HasPrefix(got, rest) {
			t.Errorf("%s (-want +got)\n%s", language, cmp.Diff(rest, got))
		}
	}
}

// However much there is to tell of earlier months, the digest keeps its limits
// and says what it left out.
func TestEarlierMonthsKeepTheBudget(t *testing.T) {
	d := lively()
	for i := range 200 {
		f := d.Followups[2]
		f.Zh = fmt.Sprintf("应用%d %s", i, strings.Repeat("字", 200))
		d.Followups = append(d.Followups, f)
		a := d.Acknowledged[0]
		a.Topic = fmt.Sprintf("rule app%d", i)
		d.Acknowledged = append(d.Acknowledged, a)
		d.Silenced = append(d.Silenced, d.Silenced[0])
	}
	p := digestPage(d, voice{language: "zh"}, nil)
	if p.room < 0 {
		t.Errorf("the budget is overdrawn by %d", -p.room)
	}
	_, blocks, err := p.encode()
	if err != nil || len(p.blocks) > 50 || strings.Count(string(blocks), "见 panelwatch alerts list") != 3 {
		t.Errorf("%d blocks, %v: %s", len(p.blocks), err, blocks)
	}
}

// The subject of a finding's message is its topic, by which answers are found.
func TestTheTopicIsTheMessagesSubject(t *testing.T) {
	d := sampleDigest()
	long := d.Findings[1]
	long.Subject.List = strings.Repeat("很长的榜单", 50)
	member := d.Findings[1]
	member.Subject.Segment = panel.Segment{Dimension: "city", Member: "北京"}
	d.Findings = append(d.Findings, long, member)
	messages, err := Compose(d, func(alerts.Finding) ([]byte, string, error) { return nil, "", nil })
	if err != nil {
		t.Fatal(err)
	}
	var subjects []string
	for _, m := range messages {
		if m.Kind == alerts.KindDetail {
			subjects = append(subjects, m.Subject)
		}
	}
	for _, f := range toldFindings(d.Findings) {
		if !slices.Contains(subjects, f.Topic()) {
			t.Errorf("no message %q, have %q", f.Topic(), subjects)
		}
	}
}
