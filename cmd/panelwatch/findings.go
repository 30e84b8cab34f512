package main

import (
	"encoding/json"
	"fmt"
	"io"

	"panelwatch/alerts"
	"panelwatch/etl/panel"
)

// A findingLine is a finding as JSON, in base units; fields are only ever
// added. Numbers that are not there are null.
type findingLine struct {
	Month    panel.Month     `json:"month"`
	Rule     string          `json:"rule"`
	Subject  string          `json:"subject"` // ids, such as "tielu12306 city=北京"
	Verdict  alerts.Verdict  `json:"verdict"`
	Severity alerts.Severity `json:"severity"`
	Value    *float64        `json:"value"`
	Expected *float64        `json:"expected"`
	SE       *float64        `json:"se"`
	Zh       string          `json:"text_zh"`
	En       string          `json:"text_en"`

	State     alerts.State `json:"state"` // active, or draft
	Also      []string     `json:"also"`
	Reason    string       `json:"reason"`
	Low       *float64     `json:"low"`
	High      *float64     `json:"high"`
	Z         *float64     `json:"z"`
	Unit      alerts.Unit  `json:"unit"`
	Indicator string       `json:"indicator"`
	App       panel.AppID  `json:"app"`
	List      string       `json:"list"`
	Dimension string       `json:"dimension"`
	Member    string       `json:"member"`
	TraceID   string       `json:"trace_id"`
	Swaps     []swapLine   `json:"swaps,omitempty"` // of a place in a list, since base

	Life *findingLife `json:"life,omitempty"` // of what is kept
}

// A swapLine is a pair whose order is another than in base: real is the
// probability that both orders are true, sure that it is beyond error.
type swapLine struct {
	Over  panel.AppID `json:"over"`
	Under panel.AppID `json:"under"`
	Base  panel.Month `json:"base"`
	Real  *float64    `json:"real"`
	Sure  bool        `json:"sure"`
}

func swapLines(f alerts.Finding) (out []swapLine) {
	for _, s := range f.Swaps {
		out = append(out, swapLine{s.Over, s.Under, s.Base, known(s.Real), s.Sure})
	}
	return out
}

// writeFinding writes a finding as one line, of JSON or as people read it, with
// another for what became of it.
func writeFinding(to io.Writer, f alerts.Finding, life *findingLife, format string) error {
	if format != "jsonl" {
		mark := ""
		if f.Draft {
			mark = "[draft] "
		}
		_, err := fmt.Fprintln(to, toldLine(f.Month.String(), f.Verdict, f.Severity, mark+f.Zh)+life.line())
		return err
	}
	state := alerts.Active
	if f.Draft {
		state = alerts.Draft
	}
	out := json.NewEncoder(to)
	out.SetEscapeHTML(false)
	return out.Encode(findingLine{
		Month: f.Month, Rule: f.Rule, Subject: f.Subject.String(), Verdict: f.Verdict, Severity: f.Severity,
		Value: known(f.Value), Expected: known(f.Expected), SE: known(f.SE), Zh: f.Zh, En: f.En,
		State: state, Also: append([]string{}, f.Also...), Reason: f.Reason, Low: known(f.Low), High: known(f.High), Z: known(f.Z),
		Unit: f.Unit, Indicator: f.Indicator, App: f.Subject.App, List: f.Subject.List,
		Dimension: f.Subject.Segment.Dimension, Member: f.Subject.Segment.Member, TraceID: f.TraceID, Swaps: swapLines(f), Life: life,
	})
}
