package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"time"

	"panelwatch/jobs"
	"panelwatch/jobs/heartbeat"
)

// listen answers scrapes and questions of health on an address until the
// server stops; "" listens nowhere. It returns the address, for port 0.
func (s *server) listen(address string) (string, error) {
	if address == "" {
		return "", nil
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return "", configError{fmt.Errorf("listen: %w", err)}
	}
	answers := http.NewServeMux()
	answers.Handle("GET /metrics", s.metrics.Handler())
	answers.HandleFunc("GET /healthz", s.healthy)
	server := &http.Server{Handler: answers, ReadHeaderTimeout: 5 * time.Second}
	go func() {
		if err := server.Serve(listener); err != http.ErrServerClosed {
			s.log.Error("nobody can scrape any more", "err", err)
		}
	}()
	context.AfterFunc(s.ctx, func() { _ = server.Close() })
	return listener.Addr().String(), nil
}

// healthy says that ticks are done: an unreachable warehouse is not healed by
// another process, so that it does not count.
func (s *server) healthy(w http.ResponseWriter, _ *http.Request) {
	if s.ctx.Err() != nil {
		http.Error(w, "stopping", http.StatusServiceUnavailable)
		return
	}
	fmt.Fprintln(w, "ok")
}

// tick does a job once and tells whoever watches how it went.
func (s *server) tick(name string, do func() (jobs.Summary, error)) {
	began := time.Now()
	s.beat(name, heartbeat.Start)
	summary, err := do()
	if summary.RunID == "" { // it did not come so far as to begin
		s.complete(&summary, name, began, err)
	}
	s.metrics.Ran(summary, statusOf(summary.ExitCode), everyStatus())
	s.beaten(name, summary.ExitCode)
	if err != nil && s.ctx.Err() == nil {
		s.log.Error(name+" failed", "exit_code", summary.ExitCode, "status", statusOf(summary.ExitCode), "err", s.redact(err.Error()))
	}
}
