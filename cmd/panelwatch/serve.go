package main

import (
	"context"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"

	"panelwatch/configs"
	"panelwatch/jobs"
	"panelwatch/jobs/metrics"
	"panelwatch/sql/warehouse"
)

type serveCommand struct{}

// Run serves until SIGTERM: the job on its schedule, and reminders where they
// have one. A tick that fails is logged; the next one tries again. SIGHUP reads
// the configuration again.
func (c *serveCommand) Run(w *world) error {
	s := &server{world: w, log: w.logger("serve"), metrics: metrics.New(version).WithProcess()}
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, syscall.SIGHUP) // before anything is said: unheeded, it would end the process
	defer signal.Stop(asked)
	plan, err := s.plan()
	if err != nil {
		return err
	}
	if s.house, err = w.readyWarehouse(); err != nil {
		return err
	}
	defer func() { _ = s.house.Close() }()
	address, err := s.listen(s.first.Listen)
	if err != nil {
		return err
	}
	if address != "" {
		s.log.Info("listening", "address", address)
	}
	waitForButtons, err := s.listenToButtons(s.first)
	if err != nil {
		return err
	}
	defer waitForButtons()
	jobs.Serve(w.ctx, s.log, plan, s.reloads(asked))
	return w.ctx.Err()
}

// A server is one panelwatch serve.
type server struct {
	*world
	log     *slog.Logger
	house   *warehouse.Warehouse
	metrics *metrics.Metrics
	first   *configs.Config // what is set once: reading it again changes no address and no socket
}

// plan reads the configuration and says what it wants done when.
func (s *server) plan() (p jobs.Plan, err error) {
	config, err := s.loadConfig()
	if err != nil {
		return p, err
	}
	if p.Zone, err = time.LoadLocation(config.Timezone); err != nil {
		return p, configError{err}
	}
	if err := s.add(&p, config.Schedule, func(context.Context) {
		s.tick("serve", func() (jobs.Summary, error) { return s.runJob("serve", config, s.house, jobs.Options{}) })
	}); err != nil {
		return p, err
	}
	if err := s.add(&p, config.Remind.Schedule, func(context.Context) {
		s.tick("remind", func() (jobs.Summary, error) { return s.remind(config, s.house, dateIn(p.Zone, time.Now())) })
	}); err != nil {
		return p, err
	}
	if s.house == nil {
		s.first = config
	}
	s.tellPlan(config, p)
	return p, nil
}

// add puts something to do into a plan, unless it has no schedule.
func (s *server) add(p *jobs.Plan, schedule string, do func(context.Context)) error {
	if schedule == "" && len(p.Ticks) > 0 {
		return nil
	}
	parsed, err := jobs.ParseSchedule(schedule, time.Now())
	if err != nil {
		return configError{configs.InSettings(s.Config, err)}
	}
	if doubt := jobs.Doubtful(schedule); doubt != "" {
		s.log.Warn(doubt)
	}
	p.Ticks = append(p.Ticks, jobs.Tick{Schedule: parsed, Do: do})
	return nil
}

// checkSchedules finds in a configuration what serve would refuse.
func (w *world) checkSchedules() error {
	_, err := (&server{world: w, log: slog.New(slog.DiscardHandler)}).plan()
	return err
}

func (s *server) tellPlan(config *configs.Config, p jobs.Plan) {
	s.log.Info("serving", "schedule", config.Schedule, "remind", config.Remind.Schedule, "timezone", config.Timezone,
		"next", p.Ticks[0].Schedule.Next(time.Now().In(p.Zone)), "config_hash", config.Hash)
}

// reloads are the plans of configurations that are read again whenever it is
// asked for. One that is not sound changes nothing.
func (s *server) reloads(asked <-chan os.Signal) <-chan jobs.Plan {
	plans := make(chan jobs.Plan)
	go func() {
		for {
			select {
			case <-s.ctx.Done():
				return
			case <-asked:
			}
			plan, err := s.plan()
			if err != nil {
				s.log.Error("SIGHUP: the configuration is not sound; the one before stays", "err", err)
				continue
			}
			select {
			case <-s.ctx.Done():
				return
			case plans <- plan:
			}
		}
	}()
	return plans
}
