package warehouse

import (
	"fmt"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"panelwatch/alerts"
	"panelwatch/etl/panel"
)

func sampleJudgement() Judgement {
	m, unknown := panel.MustMonth("2023-09"), math.NaN()
	return Judgement{
		Month: m, InputsHash: hashOf("inputs"), RunID: "run-1",
		Findings: []alerts.Finding{
			{
				Rule: "holiday_peak", Month: m, Subject: alerts.Subject{App: rail, Segment: panel.All},
				Verdict: alerts.Expected, Severity: alerts.Info, Value: 1.1e8, SE: 1e6, Expected: 1.05e8, Low: 1e8, High: 1.2e8,
				Z: 1.25, Unit: alerts.Devices, Zh: "国庆预售：铁路12306 🚄 “1.1亿台”", En: "it's the holiday", Also: []string{"record_high", "yoy_above"},
			},
			{
				Rule: "rank_change", Month: m, Subject: alerts.Subject{List: "政务", Segment: panel.All},
				Verdict: alerts.NotEvaluable, Severity: alerts.Info, Reason: "base month missing", Unit: alerts.Places,
				Value: unknown, SE: math.Inf(1), Expected: unknown, Low: math.Inf(-1), High: unknown, Z: unknown,
			},
		},
		Coverage: alerts.Coverage{Rules: 22, Subjects: 300, Expected: 1, NotEvaluable: 1},
	}
}

// sampleMessages have a chart with every byte there is.
func sampleMessages() []alerts.Message {
	var png []byte
	for b := range 256 {
		png = append(png, byte(b))
	}
	m := panel.MustMonth("2023-09")
	return []alerts.Message{
		{Channel: "C1", Kind: alerts.KindDigest, Month: m, Text: "摘要", Blocks: []byte(`[{"type":"divider"}]`), Hash: hashOf("digest")},
		{
			Channel: "C1", Kind: alerts.KindDetail, Month: m, Subject: "holiday_peak rail", Text: `it's "expected" \ 🚄`,
			Blocks: []byte(`[]`), PNG: png, Alt: "𠮷", Hash: hashOf("detail"),
		},
	}
}

func TestAJudgementIsTellableOnce(t *testing.T) {
	w := newHouse(t)
	l := claimed(t, w)
	for round, want := range []int{2, 0, 0} {
		added, err := w.SaveJudgement(t.Context(), l, sampleJudgement(), sampleMessages())
		if err != nil || added != want {
			t.Errorf("save %d: %d messages are new, %v; want %d", round+1, added, err, want)
		}
	}
	for text, want := range map[string]string{
		"SELECT COUNT(*) FROM judgement":                "1",
		"SELECT COUNT(*) FROM finding":                  "2",
		"SELECT COUNT(*) FROM message":                  "2",
		"SELECT COUNT(*) FROM v_finding":                "2",
		"SELECT DISTINCT state, attempts FROM message":  `"pending" "0"`,
		"SELECT HEX(png) FROM message WHERE png <> ''":  fmt.Sprintf("%X", sampleMessages()[1].PNG),
		"SELECT text FROM message WHERE kind ='detail'": sampleMessages()[1].Text,
	} {
		if got := one(t, w, text); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

// A message that was sent, or is being sent, must not become pending again.
func TestASentMessageStaysSent(t *testing.T) {
	w := newHouse(t)
	l := claimed(t, w)
	if _, err := w.SaveJudgement(t.Context(), l, sampleJudgement(), sampleMessages()); err != nil {
		t.Fatal(err)
	}
	run(t, w, "UPDATE message SET state = 'sent', ts = '1.2', attempts = 1")
	before := read(t, w, "SELECT * FROM message ORDER BY message_id")
	anew := sampleMessages()
	for i := range anew {
		anew[i].Text += " (corrected)"
	}
	changed := sampleJudgement()
	changed.InputsHash = hashOf("other inputs")
	if added, err := w.SaveJudgement(t.Context(), l, changed, anew); err != nil || added != 0 {
		t.Errorf("%d messages are new, %v; want 0", added, err)
	}
	if diff := cmp.Diff(before, read(t, w, "SELECT * FROM message ORDER BY message_id")); diff != "" {
		t.Errorf("messages (-before +after):\n%s", diff)
	}
}

func TestWhatIsNotKnownIsNull(t *testing.T) {
	w := newHouse(t)
	if _, err := w.SaveJudgement(t.Context(), claimed(t, w), sampleJudgement(), nil); err != nil {
		t.Fatal(err)
	}
	got := read(t, w, "SELECT seq, value, se, expected, expected_low, expected_high, z FROM finding ORDER BY seq")
	want := []string{
		`"1" "1.1e+08" "1e+06" "1.05e+08" "1e+08" "1.2e+08" "1.25"`,
		`"2" NULL NULL NULL NULL NULL NULL`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

// One judgement of a month is in force: the newest, also when it returns to
// inputs that were judged before.
func TestOneJudgementIsInForce(t *testing.T) {
	w := newHouse(t)
	l := claimed(t, w)
	first, second := sampleJudgement(), sampleJudgement()
	second.InputsHash, second.Findings = hashOf("revised"), second.Findings[:1]
	for _, j := range []Judgement{first, second, first} {
		if _, err := w.SaveJudgement(t.Context(), l, j, nil); err != nil {
			t.Fatal(err)
		}
		for _, other := range []Judgement{first, second} {
			judged, err := w.Judged(t.Context(), j.Month, other.InputsHash)
			if want := other.InputsHash == j.InputsHash; err != nil || judged != want {
				t.Errorf("Judged = %v, %v; want %v", judged, err, want)
			}
		}
		told, err := w.Findings(t.Context(), j.Month, alerts.Expected, alerts.NotEvaluable)
		if err != nil || len(told) != len(j.Findings) {
			t.Errorf("%d findings told, %v; want %d", len(told), err, len(j.Findings))
		}
	}
}

func TestFindingsAreReadAsWritten(t *testing.T) {
	w := newHouse(t)
	l := claimed(t, w)
	writeCatalogue(t, w, l, "vendor")
	j := sampleJudgement()
	if _, err := w.SaveJudgement(t.Context(), l, j, nil); err != nil {
		t.Fatal(err)
	}
	got, err := w.Findings(t.Context(), j.Month, alerts.Expected)
	if err != nil {
		t.Fatal(err)
	}
	f := j.Findings[0]
	want := []Told{{
		MonthStart: j.Month.Start(), Verdict: f.Verdict, Severity: f.Severity, Rule: f.Rule, Also: "record_high,yoy_above",
		Subject: "铁路12306", Zh: f.Zh, En: f.En,
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	later, err := w.Findings(t.Context(), j.Month+1, alerts.Expected)
	if err != nil || len(later) > 0 {
		t.Errorf("from the next month on: %v, %v; want none", later, err)
	}
}
