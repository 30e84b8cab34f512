package main

import (
	"context"
	"errors"
	"fmt"
	"syscall"

	"github.com/alecthomas/kong"

	"panelwatch/alerts/seriesfile"
	"panelwatch/alerts/slack"
	"panelwatch/etl/archive"
	"panelwatch/etl/extract"
	"panelwatch/etl/source"
	"panelwatch/etl/tabulate"
	"panelwatch/jobs"
	"panelwatch/jobs/doctor"
	"panelwatch/sql/warehouse"
)

// Exit codes. README, the CronJob's podFailurePolicy and this block say the
// same; a test compares them.
const (
	exitDone        = 0   // done, or nothing to do
	exitBug         = 1   // a bug
	exitUsage       = 64  // the command line is wrong
	exitData        = 65  // bad data: the delivery was refused, nothing of it published
	exitUnavailable = 69  // source, database or Slack unavailable
	exitInvariant   = 70  // an invariant is broken
	exitLeaseHeld   = 75  // another run holds the lease; try again
	exitDenied      = 77  // permission or authentication
	exitConfig      = 78  // configuration
	exitTerminated  = 143 // stopped by SIGTERM between two steps
)

// usageError is a fault of the command line that the parser cannot see.
type usageError struct{ error }

// configError is a fault of the configuration or of the environment.
type configError struct{ error }

// exitCode says what Kubernetes, or whoever called, should make of err. Of
// several faults the one that retrying cannot cure decides.
func exitCode(ctx context.Context, err error) int {
	var parse *kong.ParseError
	var usage usageError
	var config configError
	var data *extract.DataError
	var series *seriesfile.Fault
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &parse), errors.As(err, &usage):
		return exitUsage
	case ctx.Err() != nil && errors.Is(err, context.Canceled):
		return exitTerminated
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, tabulate.ErrMemory): // they are to be given some
		return exitConfig
	case errors.As(err, &config), errors.Is(err, doctor.ErrSetup), warehouse.Misconfigured(err), errors.Is(err, source.ErrSettings):
		return exitConfig
	case errors.As(err, &data), errors.As(err, &series):
		return exitData
	case errors.Is(err, archive.ErrDamaged), errors.Is(err, jobs.ErrNotEqual):
		return exitInvariant
	case errors.Is(err, jobs.ErrNoDelivery), errors.Is(err, archive.ErrAbsent), errors.Is(err, warehouse.ErrNoPublication), errors.Is(err, jobs.ErrNoNumber):
		return exitUsage // of the command line: it asks for what is not there
	case errors.Is(err, extract.ErrUnbalanced), errors.Is(err, slack.ErrRefused):
		return exitInvariant
	case warehouse.Denied(err), errors.Is(err, doctor.ErrRights), errors.Is(err, slack.ErrDenied), errors.Is(err, source.ErrDenied), errors.Is(err, archive.ErrDenied):
		return exitDenied
	case errors.Is(err, warehouse.ErrLeaseHeld), errors.Is(err, warehouse.ErrLeaseLost):
		return exitLeaseHeld
	case warehouse.Unavailable(err), errors.Is(err, doctor.ErrUnavailable), errors.Is(err, slack.ErrUndelivered), errors.Is(err, jobs.ErrSource), errors.Is(err, archive.ErrUnavailable):
		return exitUnavailable
	}
	return exitBug
}

// exit tells err, once and in the form the logs have, and returns its code.
func (w *world) exit(err error) int {
	code := exitCode(w.ctx, err)
	switch {
	case code == exitDone:
	case w.LogFormat == "json":
		w.logger("").Error("failed", "exit_code", code, "err", w.redact(err.Error()))
	case code == exitTerminated:
		fmt.Fprintln(w.stderr, "panelwatch: stopped; what was published is complete, the next run does the rest")
	default:
		fmt.Fprintf(w.secrets.writer(w.stderr), "panelwatch: %v\n", err)
	}
	w.lastWords(code, err, terminationLog)
	return code
}
