package slack

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"panelwatch/alerts"
	"panelwatch/alerts/slack/slackfake"
	"panelwatch/configs"
	"panelwatch/etl/panel"
)

// TestTwoHundredFindings: the digest keeps its budget, the first ones have a
// reply each, all the others stand in one, and Slack takes everything.
func TestTwoHundredFindings(t *testing.T) {
	const all, details = 200, 20
	d := sampleDigest()
	d.Details, d.Findings = details, nil
	for i := range all {
		f := total("record_high", panel.AppID(fmt.Sprintf("app%03d", i)), fmt.Sprintf("=应用%03d", i))
		f.Facts = []alerts.Fact{{Zh: "创 2020-01 以来新高；" + strings.Repeat("理由", 20), En: "highest since 2020-01"}}
		f.Zh, f.En = f.Series.Name+" 新高", f.Series.Name+" record"
		d.Findings = append(d.Findings, f)
	}
	messages := compose(t, d)
	if len(messages) != 1+details+1 {
		t.Fatalf("%d messages, want a digest, %d details and the others", len(messages), details)
	}
	client := NewClient(ClientOptions{Token: slackfake.Token, APIURL: startFake(t, slackfake.Options{}).APIURL(), Sleep: noSleep})
	parent := ""
	for _, m := range messages {
		m.ThreadTS = parent
		ts, err := client.Post(context.Background(), m)
		if err != nil {
			t.Fatalf("%s: %v", Key(m), err)
		}
		if m.TS = ts; parent == "" {
			parent = ts
		}
		for _, f := range filesOf(m) {
			if f.Part == PartFile {
				if err := client.Share(context.Background(), m, f); err != nil {
					t.Fatalf("%s: %s: %v", Key(m), f.Name, err)
				}
			}
		}
		checkBudget(t, m)
	}
	rest := messages[len(messages)-1]
	if rest.Kind != alerts.KindOverflow || !rest.Threaded() || !strings.Contains(rest.Text, "其余 180 项") {
		t.Errorf("last message: %s %q", rest.Kind, rest.Text)
	}
	checkFile(t, rest.File, all)
}

// checkBudget counts the characters of all text in blocks, as Slack does.
func checkBudget(t *testing.T, m alerts.Message) {
	t.Helper()
	var blocks []any
	if err := json.Unmarshal(m.Blocks, &blocks); err != nil {
		t.Fatal(err)
	}
	if n := textOf(blocks); n > maxBudget || len(blocks) > 50 {
		t.Errorf("%s: %d characters in %d blocks, want at most %d in 50", Key(m), n, len(blocks), maxBudget)
	}
}

func textOf(v any) (n int) {
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			n += textOf(x)
		}
	case map[string]any:
		for k, x := range v {
			if s, is := x.(string); is && k == "text" {
				n += length(s)
			} else {
				n += textOf(x)
			}
		}
	}
	return n
}

func checkFile(t *testing.T, f alerts.Attachment, findings int) {
	t.Helper()
	text, marked := strings.CutPrefix(string(f.Data), "\ufeff")
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || !marked || f.Name != "2023-09-findings.csv" || len(rows) != findings+1 {
		t.Fatalf("%s: byte order mark %v, %d rows, %v", f.Name, marked, len(rows), err)
	}
	for _, row := range rows {
		for _, cell := range row {
			if strings.HasPrefix(cell, "=") {
				t.Errorf("a spreadsheet takes %q for a formula", cell)
			}
		}
	}
}

// TestOwnersAreMentionedOnce: in the digest, where their findings fired, and
// nowhere else; the channel is called only by what is urgent.
func TestOwnersAreMentionedOnce(t *testing.T) {
	catalogue, err := configs.Catalogue(nil)
	if err != nil {
		t.Fatal(err)
	}
	d := sampleDigest()
	d.Catalogue = catalogue
	d.Route = alerts.Route{Urgent: alerts.High, Owners: []alerts.Owner{{Users: []string{"U0RAIL"}, Apps: []panel.AppID{"tielu12306", "geshui"}}}}
	for _, m := range compose(t, d) {
		mentioned, called := strings.Count(string(m.Blocks), `\u003c@U0RAIL\u003e`), strings.Contains(string(m.Blocks), `\u003c!channel\u003e`)
		if digest := m.Kind == alerts.KindDigest; digest != called || digest && mentioned != 1 || !digest && mentioned != 0 {
			t.Errorf("%s: U0RAIL mentioned %d times, channel called: %v", Key(m), mentioned, called)
		}
	}
	d.Route.Urgent, d.Findings[0].Severity = alerts.High, alerts.Warn
	if m := compose(t, d)[0]; strings.Contains(string(m.Blocks), "!channel") {
		t.Error("the channel is called by what is not urgent")
	}
}

// TestNumeralsOfARoute: every number of devices of a message, in its sentence,
// fields and table, is written in the route's numerals.
func TestNumeralsOfARoute(t *testing.T) {
	d := sampleDigest()
	d.Route.Numerals = alerts.Million
	for _, m := range compose(t, d) {
		if strings.ContainsAny(m.Text, "万亿") || strings.Contains(string(m.Blocks), "万台") {
			t.Errorf("%s is not in millions:\n%s", Key(m), m.Text)
		}
	}
	d.Language, d.Route.Numerals = "en", alerts.Wan
	for _, m := range compose(t, d) {
		if strings.Contains(m.Text, "0M") {
			t.Errorf("%s is not in 万:\n%s", Key(m), m.Text)
		}
	}
}

// TestMovesStandTogether: the apps that moved within one list share a line.
func TestMovesStandTogether(t *testing.T) {
	d := sampleDigest()
	d.Findings = nil
	for i, app := range []panel.AppID{"zheliban", "minzhengtong", "kunming"} {
		f := total("rank_change", app, []string{"浙里办", "闽政通", "昆明人社通"}[i])
		f.Subject.List, f.Unit, f.Value = "地方政务", alerts.Places, float64([]int{2, 1, 5}[i])
		f.Was = alerts.Placed{Month: september - 1, Rank: []int{1, 2, 4}[i]}
		f.Facts = []alerts.Fact{{Zh: "名次变化", En: "moved"}}
		d.Findings = append(d.Findings, f)
	}
	const want = "🔴 地方政务 3 个应用名次变化超出误差，自 2023-08：闽政通 2→1、浙里办 1→2、昆明人社通 4→5"
	messages := compose(t, d)
	if !strings.Contains(messages[0].Text, want) {
		t.Errorf("digest lacks %q:\n%s", want, messages[0].Text)
	}
	if len(messages) != 4 {
		t.Errorf("%d messages, want a digest and a detail for each", len(messages))
	}
	if table := string(messages[1].Blocks); !strings.Contains(table, `"▶ 浙里办"`) {
		t.Errorf("detail without its neighbourhood: %s", table)
	}
}
