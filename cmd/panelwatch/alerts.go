package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"panelwatch/alerts"
	"panelwatch/etl/panel"
	"panelwatch/jobs"
)

type alertsCommand struct {
	List   alertsList   `cmd:"" help:"What was found in each month, what became of it, where it was told, who answered."`
	Render alertsRender `cmd:"" help:"What a run would send to Slack of a month as it is in force: text or JSON; sends and writes nothing."`
	Replay alertsReplay `cmd:"" help:"What the rules as they are now say of each month, with what was known then; writes nothing."`
	Test   alertsTest   `cmd:"" help:"Post a test message with a chart to a channel, edit it, and say of each step what to do if it fails."`
}

type alertsList struct {
	From    panel.Month `help:"First month." required:"" placeholder:"YYYY-MM"`
	To      panel.Month `help:"Last month; without it only --from." placeholder:"YYYY-MM"`
	Rule    []string    `help:"Only these rules, or findings that they were merged into." placeholder:"RULE"`
	Verdict []string    `help:"Only these verdicts: fired, expected, noise, not_evaluable, suppressed." enum:"fired,expected,noise,not_evaluable,suppressed" placeholder:"VERDICT"`
	Format  string      `help:"text, or jsonl: one object a line." enum:"text,jsonl" default:"text"`
}

func (c *alertsList) Run(w *world) error {
	to := max(c.From, c.To)
	house, err := w.readyWarehouse()
	if err != nil {
		return err
	}
	defer func() { _ = house.Close() }()
	found, err := house.Kept(w.ctx, c.From, to)
	if err != nil {
		return err
	}
	lives, err := w.lives(house, c.From, to)
	if err != nil {
		return err
	}
	for _, f := range found {
		named := slices.ContainsFunc(append([]string{f.Rule}, f.Also...), func(rule string) bool { return slices.Contains(c.Rule, rule) })
		if len(c.Rule) > 0 && !named || len(c.Verdict) > 0 && !slices.Contains(c.Verdict, string(f.Verdict)) {
			continue
		}
		if err := writeFinding(w.stdout, f, lives[toldAbout{f.Month, f.Topic()}], c.Format); err != nil {
			return err
		}
	}
	return nil
}

type alertsReplay struct {
	From     panel.Month `help:"First month." required:"" placeholder:"YYYY-MM"`
	To       panel.Month `help:"Last month." required:"" placeholder:"YYYY-MM"`
	Rule     []string    `help:"Only this rule, by itself." placeholder:"RULE"`
	Figures  string      `help:"then: as published when the month was first complete; now: as in force today. No month sees a later one." enum:"then,now" default:"then"`
	Silences bool        `help:"Hold back what silences and mutes hold back, as a run does."`
	All      bool        `help:"As text, also what is not told: noise, not evaluable, suppressed."`
	Format   string      `help:"text, or jsonl: one object a line." enum:"text,jsonl" default:"text"`
}

// Run judges month after month. The findings are the output; the balance of
// jsonl goes to stderr, so that every line of stdout is a finding.
func (c *alertsReplay) Run(w *world) error {
	if c.To < c.From {
		return usageError{fmt.Errorf("--from %s is after --to %s", c.From, c.To)}
	}
	for _, name := range c.Rule {
		if !slices.ContainsFunc(alerts.Rules, func(r alerts.Rule) bool { return r.Name == name }) {
			return usageError{fmt.Errorf("no rule %q, have %s", name, strings.Join(ruleNames(), ", "))}
		}
	}
	var months []jobs.Rejudged
	err := w.asking(func(j jobs.Job) error {
		asked := jobs.Rejudging{From: c.From, To: c.To, Rules: c.Rule, Today: c.Figures == "now", Silences: c.Silences}
		return j.Rejudge(w.ctx, asked, func(r jobs.Rejudged) error {
			months = append(months, r)
			return c.tell(w.stdout, r)
		})
	})
	if errors.Is(err, jobs.ErrNothingToJudge) {
		return usageError{err}
	}
	if err != nil {
		return err
	}
	if c.Format == "text" {
		fmt.Fprintln(w.stdout)
		return printBalance(w.stdout, months)
	}
	return printBalance(w.stderr, months)
}

func ruleNames() (names []string) {
	for _, r := range alerts.Rules {
		names = append(names, r.Name)
	}
	return names
}

func (c *alertsReplay) tell(to io.Writer, r jobs.Rejudged) error {
	for _, f := range r.Findings {
		if c.Format == "text" && !c.All && !isTold(f) {
			continue
		}
		if err := writeFinding(to, f, nil, c.Format); err != nil {
			return err
		}
	}
	return nil
}

func isTold(f alerts.Finding) bool { return f.Verdict == alerts.Fired || f.Verdict == alerts.Expected }

// printBalance counts messages and verdicts of each month. Drafts are counted
// apart: told ones, of which there is no message.
func printBalance(to io.Writer, months []jobs.Rejudged) error {
	t := tabwriter.NewWriter(to, 0, 4, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "MONTH\tMESSAGES\tFIRED\tEXPECTED\tNOISE\tNOT EVALUABLE\tSUPPRESSED\tIN DRAFT\t")
	messages := 0
	for _, r := range months {
		drafts := 0
		for _, f := range r.Findings {
			if f.Draft && isTold(f) {
				drafts++
			}
		}
		n := r.Coverage
		fmt.Fprintf(t, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t\n", r.Month, r.Messages, n.Fired, n.Expected, n.Noise, n.NotEvaluable, n.Suppressed, drafts)
		messages += r.Messages
	}
	if err := t.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(to, "%d months, %d messages, %.1f a month: a digest and a detail for each finding told\n",
		len(months), messages, float64(messages)/float64(len(months)))
	return err
}
