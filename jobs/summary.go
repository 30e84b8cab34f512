package jobs

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"panelwatch/alerts"
	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
	"panelwatch/sql/warehouse"
)

// A Summary is what a run did. It is printed at its end and written by
// --summary-file; fields are only ever added.
type Summary struct {
	RunID      string    `json:"run_id"`
	Job        string    `json:"job,omitempty"`
	StartedAt  time.Time `json:"started_at,omitzero"`
	FinishedAt time.Time `json:"finished_at,omitzero"`
	// Published are the months that came into force anew, of any source.
	Published []panel.Month  `json:"published"`
	Steps     []Step         `json:"steps"`
	Judged    []JudgedMonth  `json:"judged"`
	Rows      extract.Ledger `json:"rows"`
	Findings  map[string]int `json:"findings"`         // by verdict
	Messages  map[string]int `json:"messages"`         // written, corrected, sent, edited, charts, redirected; pending and unknown are left
	Rules     []RuleCount    `json:"rules,omitempty"`  // of the newest month judged
	Outbox    map[string]int `json:"outbox,omitempty"` // messages by state when the run ended, of this run or not
	Stages    []Stage        `json:"stages"`
	Sources   []SourceAge    `json:"sources,omitempty"` // how old their data are
	ExitCode  int            `json:"exit_code"`
	Error     string         `json:"error,omitempty"` // why the exit code is not 0
	At        panel.Month    `json:"-"`               // the month under way when the run ended; 0 when it ended well
}

// A RuleCount is how many findings of a rule and severity had a verdict.
type RuleCount struct {
	Rule     string          `json:"rule"`
	Severity alerts.Severity `json:"severity"`
	Verdict  alerts.Verdict  `json:"verdict"`
	Findings int             `json:"findings"`
}

// A Step is one source's month that was published, recomputed or refused, or
// a delivery that was seen and left alone.
type Step struct {
	Source   string         `json:"source"`
	Month    panel.Month    `json:"month"`
	Revision int            `json:"revision"`
	Action   string         `json:"action"`
	Rows     extract.Ledger `json:"rows"`
	Reading  int            `json:"reading,omitempty"` // of the revision, when published
	Flags    []string       `json:"flags,omitempty"`   // what to know of the month, such as closed_month
	Note     string         `json:"note,omitempty"`    // why it was left alone
}

// Actions of a step.
const (
	Published  = "published"
	Recomputed = "recomputed"
	Refused    = "refused"
	Skipped    = "skipped"
)

// A JudgedMonth is one month that was judged, with what is worth telling.
type JudgedMonth struct {
	Month    panel.Month      `json:"month"`
	Coverage alerts.Coverage  `json:"coverage"`
	Told     []alerts.Finding `json:"-"`
	Noise    []alerts.Finding `json:"-"`
}

func (s Step) counting(ledgers []extract.Ledger) Step {
	for _, l := range ledgers {
		s.Rows = plus(s.Rows, l)
	}
	return s
}

func plus(a, b extract.Ledger) extract.Ledger {
	return extract.Ledger{
		Read: a.Read + b.Read, Loaded: a.Loaded + b.Loaded,
		Rejected: a.Rejected + b.Rejected, Ignored: a.Ignored + b.Ignored,
	}
}

func (s *Summary) add(step Step) {
	s.Steps = append(s.Steps, step)
	s.Rows = plus(s.Rows, step.Rows)
	if step.Action == Published && !slices.Contains(s.Published, step.Month) {
		s.Published = append(s.Published, step.Month)
	}
}

func (s *Summary) judged(m panel.Month, findings []alerts.Finding, c alerts.Coverage) {
	j := JudgedMonth{Month: m, Coverage: c}
	for _, f := range findings {
		switch f.Verdict {
		case alerts.Fired, alerts.Expected:
			j.Told = append(j.Told, f)
		case alerts.Noise:
			j.Noise = append(j.Noise, f)
		}
	}
	s.Judged = append(s.Judged, j)
	s.Rules = countRules(findings)
	for verdict, n := range map[alerts.Verdict]int{
		alerts.Fired: c.Fired, alerts.Expected: c.Expected, alerts.Noise: c.Noise,
		alerts.NotEvaluable: c.NotEvaluable, alerts.Suppressed: c.Suppressed,
	} {
		s.count(&s.Findings, string(verdict), n)
	}
}

// countRules counts findings, in order of rule, severity and verdict.
func countRules(findings []alerts.Finding) (out []RuleCount) {
	n := map[RuleCount]int{}
	for _, f := range findings {
		if !f.Draft {
			n[RuleCount{Rule: f.Rule, Severity: f.Severity, Verdict: f.Verdict}]++
		}
	}
	for c, findings := range n {
		c.Findings = findings
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b RuleCount) int {
		return cmp.Or(cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Severity, b.Severity), cmp.Compare(a.Verdict, b.Verdict))
	})
	return out
}

func (s *Summary) count(into *map[string]int, key string, n int) {
	if *into == nil {
		*into = map[string]int{}
	}
	(*into)[key] += n
}

func (r *run) published(p warehouse.Publication, a warehouse.Arrival) {
	step := Step{
		Source: p.Source, Month: p.Month, Revision: p.Revision, Action: Published, Reading: p.Reading, Flags: p.Flags,
	}.counting(a.Ledgers)
	r.summary.add(step)
	r.logRejects(a)
	r.logNotes(a)
	if len(p.Flags) > 0 {
		r.Log.Warn("flagged", "source", p.Source, "month", p.Month, "revision", p.Revision, "flags", strings.Join(p.Flags, ","))
	}
	r.Log.Info("published", r.soFar("source", p.Source, "month", p.Month, "revision", p.Revision, "reading", p.Reading,
		"rows", step.Rows.Read, "loaded", step.Rows.Loaded, "rejected", step.Rows.Rejected, "ignored", step.Rows.Ignored)...)
}

// Count is the number of steps with that action.
func (s Summary) Count(action string) (n int) {
	for _, step := range s.Steps {
		if step.Action == action {
			n++
		}
	}
	return n
}

const loggedRejects = 5 // of a delivery; etl_reject has them all

// logRejects names the first rows that were kept aside.
func (r *run) logRejects(a warehouse.Arrival) {
	for i, x := range a.Rejects {
		if i == loggedRejects {
			r.Log.Warn("more rows rejected; panelwatch rejects list shows them", "rows", a.Rejected()-i)
			return
		}
		r.Log.Warn("row rejected", "file", a.Delivery.Manifest.Files[x.File].Name, "place", cmp.Or(x.Cell, fmt.Sprint(x.Line)),
			"column", x.Column, "rule", x.Rule, "hint", x.Hint)
	}
}

// logNotes names what is odd about a delivery.
func (r *run) logNotes(a warehouse.Arrival) {
	for i, n := range a.Notes {
		if i == loggedRejects {
			r.Log.Warn("more is odd; table etl_note lists it", "notes", len(a.Notes)-i)
			return
		}
		r.Log.Warn("odd", "file", a.Delivery.Manifest.Files[n.File].Name, "rule", n.Rule, "column", n.Column,
			"value", n.Raw, "rows", n.Rows, "what", n.Text)
	}
}
