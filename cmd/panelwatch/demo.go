package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"panelwatch/alerts"
	"panelwatch/configs"
	"panelwatch/etl/panel"
	"panelwatch/etl/sample"
	"panelwatch/jobs"
	"panelwatch/sql/warehouse"
	"panelwatch/sql/warehouse/localserver"
)

// Months that the demo tells; what comes before is history.
const (
	demoTells = "2023-01"
	demoLast  = "2023-12"
	demoList  = "地方政务"
	database  = "panelwatch"
)

type demoCommand struct {
	Dir string `help:"Folder for everything the demo makes." default:".demo" type:"path"`
}

// Run is the whole job on a machine that has nothing: server, sample, schema,
// run, and what came out of it. A second run finds everything done.
func (c *demoCommand) Run(w *world) error {
	w.getenv, w.brief = c.environment(w.getenv), true
	server, err := localserver.Start(w.ctx, c.server(), localserver.Options{Database: database})
	if err != nil {
		return err
	}
	defer func() { _ = server.Close() }()
	config, err := w.loadConfig()
	if err != nil {
		return err
	}
	if err := c.writeSample(w, config); err != nil {
		return err
	}
	remote, err := c.startPlaces(w, config)
	if err != nil {
		return err
	}
	defer func() { _ = remote.close() }()
	if err := remote.startSlack(c.slack(), config); err != nil {
		return err
	}
	w.getenv = remote.secret(w.getenv)
	house, err := warehouse.Open(w.ctx, server.DSN(database), time.Now, w.ConnectWait)
	if err != nil {
		return err
	}
	defer func() { _ = house.Close() }()
	if err := house.Migrate(w.ctx); err != nil {
		return err
	}
	s, err := w.runJob("demo", config, house, jobs.Options{})
	if err != nil {
		return err
	}
	return c.show(w, house, s)
}

func (c *demoCommand) slack() string { return filepath.Join(c.Dir, "slack") }

func (c *demoCommand) server() string { return filepath.Join(c.Dir, "mariadb") }

// environment points the shipped configuration into the demo's folder.
func (c *demoCommand) environment(getenv func(string) string) func(string) string {
	own := map[string]string{
		"PANELWATCH_INBOX":        filepath.Join(c.Dir, "inbox"),
		"PANELWATCH_OUTBOX":       c.slack(),
		"PANELWATCH_DELIVER_FROM": demoTells,
	}
	return func(name string) string {
		if v, ok := own[name]; ok {
			return v
		}
		return getenv(name)
	}
}

// writeSample fills the inbox once; it appears whole or not at all.
func (c *demoCommand) writeSample(w *world, config *configs.Config) error {
	inbox := filepath.Join(c.Dir, "inbox")
	if _, err := os.Stat(inbox); err == nil {
		return nil
	}
	fmt.Fprintf(w.stdout, "writing the sample to %s (synthetic, labelled as such)\n", inbox)
	unfinished := inbox + ".part"
	if err := os.RemoveAll(unfinished); err != nil {
		return err
	}
	if err := sample.Write(unfinished, config.Catalogue, sample.Options{}); err != nil {
		return fmt.Errorf("write sample: %w", err)
	}
	if err := c.moveAway(unfinished); err != nil {
		return fmt.Errorf("write sample: %w", err)
	}
	return os.Rename(unfinished, inbox)
}

// show says what the warehouse now holds and how to ask it.
func (c *demoCommand) show(w *world, house *warehouse.Warehouse, s jobs.Summary) error {
	for _, part := range []func(*world, *warehouse.Warehouse) error{
		showCoverage, showTold, showTopList, showNoise,
	} {
		if err := part(w, house); err != nil {
			return err
		}
	}
	fmt.Fprintf(w.stdout, "\nthis run: published=%d recomputed=%d refused=%d posted=%d charts=%d\n",
		s.Count(jobs.Published), s.Count(jobs.Recomputed), s.Count(jobs.Refused), s.Messages["sent"], s.Messages["charts"])
	fmt.Fprintf(w.stdout, "the channel as the team would read it: %s\n", filepath.Join(c.slack(), "index.html"))
	_, err := fmt.Fprintf(w.stdout, "query the warehouse: %s warehouse --dir %s\n", os.Args[0], c.Dir)
	return err
}

func showCoverage(w *world, house *warehouse.Warehouse) error {
	sources, err := house.Coverage(w.ctx)
	if err != nil {
		return err
	}
	fmt.Fprintln(w.stdout, "\nIn the warehouse")
	for _, s := range sources {
		fmt.Fprintf(w.stdout, "  %-8s %s to %s, %d months, error: %s\n           %s\n",
			s.Source, panel.MonthIn(s.First), panel.MonthIn(s.Last), s.Months, s.Basis, s.Synthetic)
	}
	return nil
}

func showTold(w *world, house *warehouse.Warehouse) error {
	told, err := house.Findings(w.ctx, panel.MustMonth(demoTells), alerts.Fired, alerts.Expected)
	if err != nil {
		return err
	}
	fmt.Fprintln(w.stdout, "\nTold (● fired, ○ expected by the calendar)")
	for _, f := range told {
		fmt.Fprintln(w.stdout, "  "+toldLine(panel.MonthIn(f.MonthStart).String(), f.Verdict, f.Severity, f.Zh))
	}
	return nil
}

func showTopList(w *world, house *warehouse.Warehouse) error {
	rows, err := house.TopList(w.ctx, demoList, panel.MustMonth(demoLast))
	if err != nil {
		return err
	}
	fmt.Fprintf(w.stdout, "\n%s TOP%d, %s (月总、日均：万台；近6个月复合增长率：%%/月)\n", demoList, len(rows), demoLast)
	for _, r := range rows {
		fmt.Fprintf(w.stdout, "  %2d  %s %s %8s %7s %6s\n", r.Place, wide(r.App, 14), wide(r.Region, 12), r.MUD, text(r.DAU), text(r.CAGR6))
	}
	return nil
}

func showNoise(w *world, house *warehouse.Warehouse) error {
	noise, err := house.Findings(w.ctx, panel.MustMonth(demoTells), alerts.Noise)
	if err != nil {
		return err
	}
	fmt.Fprintln(w.stdout, "\nRank changes within sampling error: looked at, and left alone")
	for _, f := range noise {
		if f.Rule == "rank_change" || f.Rule == "list_entry_exit" {
			fmt.Fprintln(w.stdout, "  "+toldLine(panel.MonthIn(f.MonthStart).String(), f.Verdict, f.Severity, f.Zh))
		}
	}
	return nil
}

func text(s *string) string {
	if s == nil {
		return "-"
	}
	return *s
}

// wide pads s to n columns of a terminal, where Chinese characters take two.
func wide(s string, n int) string {
	for _, r := range s {
		n--
		if r > 0x2E80 {
			n--
		}
	}
	for ; n > 0; n-- {
		s += " "
	}
	return s
}
