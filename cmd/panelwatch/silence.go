package main

import (
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"panelwatch/alerts"
	"panelwatch/configs"
	"panelwatch/etl/panel"
)

type silenceCommand struct {
	Add    silenceAdd    `cmd:"" help:"Hold back what fits all of the names given, each exact or a pattern with * and ?."`
	List   silenceList   `cmd:"" help:"Silences that stand; --all also those that ended."`
	Expire silenceExpire `cmd:"" help:"End a silence before its day; its row stays."`
}

type silenceAdd struct {
	Rule      string      `help:"Rule, such as unexpected_*." placeholder:"NAME"`
	App       string      `help:"Id of an app." placeholder:"ID"`
	List      string      `help:"List of the catalogue." placeholder:"NAME"`
	Category  string      `help:"Category of the app, or one that the finding is about." placeholder:"NAME"`
	Dimension string      `help:"Dimension of a member, all for whole apps." placeholder:"NAME"`
	Member    string      `help:"Member of a dimension, such as 山东." placeholder:"NAME"`
	Source    string      `help:"Source that the finding is about." placeholder:"NAME"`
	From      panel.Month `help:"First data month; without it from any." placeholder:"YYYY-MM"`
	To        panel.Month `help:"Last data month; without it to any." placeholder:"YYYY-MM"`
	Holiday   string      `help:"Only months with this holiday or window of the calendar, each year, such as 春节." placeholder:"NAME"`
	Reason    string      `help:"Why, for those who read the digest." required:""`
	Author    string      `help:"Who makes it." env:"USER" placeholder:"NAME"`
	Until     string      `help:"Last day on which it holds." required:"" placeholder:"YYYY-MM-DD"`
}

func (c *silenceAdd) Run(w *world) error {
	config, err := w.loadConfig()
	if err != nil {
		return err
	}
	s, err := c.silence(config)
	if err != nil {
		return usageError{err}
	}
	house, err := w.readyWarehouse()
	if err != nil {
		return err
	}
	defer func() { _ = house.Close() }()
	if s.ID, err = house.AddSilence(w.ctx, s); err != nil {
		return err
	}
	fmt.Fprintf(w.stdout, "silence %d holds until %s: %s\n", s.ID, c.Until, s.What())
	if s.Until.AddDate(0, 0, 1).Before(time.Now()) {
		fmt.Fprintf(w.stderr, "panelwatch: %s is past: it holds nothing back\n", c.Until)
	}
	return nil
}

func (c *silenceAdd) silence(config *configs.Config) (s alerts.Silence, err error) {
	until, err := time.Parse(time.DateOnly, c.Until)
	if err != nil {
		return s, fmt.Errorf("--until %q: want a date such as 2024-03-31", c.Until)
	}
	s = alerts.Silence{
		Match: alerts.Matcher{
			Rule: c.Rule, App: c.App, List: c.List, Category: c.Category, Dimension: c.Dimension, Member: c.Member, Source: c.Source,
		},
		From: c.From, To: c.To, Holiday: c.Holiday, Reason: c.Reason, Author: c.Author, Until: until,
	}
	var sources []string
	for _, source := range config.Sources {
		sources = append(sources, source.Name)
	}
	return s, s.Validate(config.Catalogue, sources, config.Calendar)
}

type silenceList struct {
	All    bool   `help:"Also those that ended."`
	Format string `help:"text, or jsonl: one object a line." enum:"text,jsonl" default:"text"`
}

// Run lists silences; mutes are among the answers of alerts list.
func (c *silenceList) Run(w *world) error {
	house, err := w.readyWarehouse()
	if err != nil {
		return err
	}
	defer func() { _ = house.Close() }()
	all, err := house.Silences(w.ctx)
	if err != nil {
		return err
	}
	now := time.Now()
	shown := all[:0:0]
	for _, s := range all {
		if c.All || s.Standing(now) {
			shown = append(shown, s)
		}
	}
	if c.Format == "jsonl" {
		return writeSilences(w.stdout, shown, now)
	}
	return printSilences(w.stdout, shown, now)
}

func printSilences(to io.Writer, shown []alerts.Silence, now time.Time) error {
	t := tabwriter.NewWriter(to, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "ID\tWHAT\tMONTHS\tUNTIL\tAUTHOR\tREASON\tSTATE")
	for _, s := range shown {
		fmt.Fprintf(t, "%d\t%s\t%s\t%s\t%s\t%s\t%s\n", s.ID, s.What(), monthsOf(s), s.Until.Format(time.DateOnly), s.Author, s.Reason, stateOf(s, now))
	}
	return t.Flush()
}

func monthsOf(s alerts.Silence) string {
	months := "all"
	switch {
	case s.From != 0 && s.To != 0:
		months = fmt.Sprintf("%s to %s", s.From, s.To)
	case s.From != 0:
		months = fmt.Sprintf("from %s", s.From)
	case s.To != 0:
		months = fmt.Sprintf("to %s", s.To)
	}
	if s.Holiday == "" {
		return months
	}
	if months == "all" {
		return "every " + s.Holiday
	}
	return months + ", every " + s.Holiday
}

func stateOf(s alerts.Silence, now time.Time) string {
	switch {
	case s.Standing(now):
		return "standing"
	case !s.Expired.IsZero():
		return fmt.Sprintf("ended %s by %s", s.Expired.Format(time.DateOnly), s.EndedBy)
	}
	return "over"
}

// A silenceLine is a silence as JSON; fields are only ever added.
type silenceLine struct {
	ID        int64  `json:"id"`
	Rule      string `json:"rule"`
	App       string `json:"app"`
	List      string `json:"list"`
	Category  string `json:"category"`
	Dimension string `json:"dimension"`
	Member    string `json:"member"`
	Source    string `json:"source"`
	From      string `json:"from"` // "" without a limit
	To        string `json:"to"`
	Holiday   string `json:"holiday"`
	Reason    string `json:"reason"`
	Author    string `json:"author"`
	Until     string `json:"until"`
	Standing  bool   `json:"standing"`
	EndedBy   string `json:"ended_by"`
}

func writeSilences(to io.Writer, shown []alerts.Silence, now time.Time) error {
	out := json.NewEncoder(to)
	out.SetEscapeHTML(false)
	for _, s := range shown {
		m := s.Match
		err := out.Encode(silenceLine{
			ID: s.ID, Rule: m.Rule, App: m.App, List: m.List, Category: m.Category, Dimension: m.Dimension, Member: m.Member,
			Source: m.Source, From: monthOrNone(s.From), To: monthOrNone(s.To), Holiday: s.Holiday, Reason: s.Reason,
			Author: s.Author, Until: s.Until.Format(time.DateOnly), Standing: s.Standing(now), EndedBy: s.EndedBy,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func monthOrNone(m panel.Month) string {
	if m == 0 {
		return ""
	}
	return m.String()
}

type silenceExpire struct {
	ID     int64  `arg:"" help:"Of silence list."`
	Author string `help:"Who ends it." env:"USER" placeholder:"NAME"`
}

func (c *silenceExpire) Run(w *world) error {
	if c.Author == "" {
		return usageError{fmt.Errorf("--author: who ends it? (USER is not set)")}
	}
	house, err := w.readyWarehouse()
	if err != nil {
		return err
	}
	defer func() { _ = house.Close() }()
	ended, err := house.ExpireSilence(w.ctx, c.ID, c.Author)
	if err != nil {
		return err
	}
	if !ended {
		return usageError{fmt.Errorf("silence %d: there is none that has not ended; panelwatch silence list --all shows them", c.ID)}
	}
	_, err = fmt.Fprintf(w.stdout, "silence %d ended by %s\n", c.ID, c.Author)
	return err
}
