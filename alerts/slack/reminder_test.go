package slack

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"panelwatch/alerts"
	"panelwatch/alerts/slack/slackfake"
)

func presale() alerts.Reminder {
	return alerts.Reminder{
		Month: september, Subject: "window_opening 2023-09-15 国庆节预售",
		Title: alerts.Fact{Zh: "预告：国庆节预售 9/15 开始", En: "Ahead: National Day presale from Sep 15"},
		Lines: []alerts.Fact{
			{
				Zh: "国庆节预售 2023-09-15–2023-09-29：首个放假日 9/29（共放假 8 天）的车票 9/15 起售，10/1 当天的车票 9/17 起售",
				En: "National Day presale 2023-09-15 to 2023-09-29: tickets for the first of 8 days off, Sep 29, go on sale Sep 15, those for Oct 1 itself Sep 17",
			},
			{
				Zh: "铁路12306 2023-09：预期 1.19亿台 [1.13, 1.25]；上年同月（2022-09）1.00亿台，预期较其 +19.0%",
				En: "铁路12306 2023-09: expected 119.0M devices [113.1, 125.0]; 100.0M devices in 2022-09, the year before, expected +19.0%",
			},
		},
		Basis: alerts.Fact{Zh: "预期依据截至 2023-07 的数据", En: "expectations from data up to 2023-07"},
	}
}

func overdue() alerts.Reminder {
	return alerts.Reminder{
		Month: september, Subject: "extract_overdue vendor",
		Title: alerts.Fact{Zh: "逾期未到：数据源 vendor 2023-09", En: "Overdue: source vendor, 2023-09"},
		Lines: []alerts.Fact{{
			Zh: "2023-09 的数据应于 2023-10-25 前交付（月末后 15 个工作日）",
			En: "data of 2023-09 were due by 2023-10-25 (15 working days after the month's end)",
		}},
	}
}

func TestComposeReminderGolden(t *testing.T) {
	extracts := sampleDigest().Extracts
	for _, in := range []string{"zh", "en", "both"} {
		t.Run(in, func(t *testing.T) {
			var messages []alerts.Message
			var screen bytes.Buffer
			for _, r := range []alerts.Reminder{presale(), overdue()} {
				m, err := ComposeReminder(r, alerts.Route{Channel: "C0PANELWATCH", Language: in}, nil, extracts)
				if err != nil {
					t.Fatal(err)
				}
				if err := render(&screen, m, false); err != nil {
					t.Fatal(err)
				}
				messages = append(messages, m)
			}
			golden(t, "reminder_"+in+".txt", screen.Bytes())
			golden(t, "reminder_"+in+".json", readable(t, messages))
		})
	}
}

// However much there is to say, Slack takes a reminder, and it says how much it
// left out.
func TestALongReminderIsCut(t *testing.T) {
	r := presale()
	for i := range 200 {
		r.Lines = append(r.Lines, alerts.Fact{Zh: fmt.Sprintf("应用 %d <&>", i), En: strings.Repeat("long ", 500)})
	}
	r.Subject = strings.Repeat("长", 500)
	m, err := ComposeReminder(r, alerts.Route{Channel: "C0PANELWATCH", Language: "both"}, nil, sampleDigest().Extracts)
	if err != nil {
		t.Fatal(err)
	}
	fake := startFake(t, slackfake.Options{})
	client := NewClient(ClientOptions{Token: slackfake.Token, APIURL: fake.APIURL(), Sleep: noSleep})
	if _, err := client.Post(t.Context(), m); err != nil {
		t.Errorf("Slack refuses it: %v", err)
	}
	if !strings.Contains(string(m.Blocks), "not listed") || length(m.Subject) > maxSubject {
		t.Errorf("subject of %d characters, blocks %s", length(m.Subject), m.Blocks)
	}
}
