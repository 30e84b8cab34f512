// Package doctor looks at everything a run depends on and says of each what to
// do: configuration, warehouse, sources, archive, Slack and the machine. It
// sends no message and publishes nothing; what it writes is an empty file that
// it removes again. It must not import cmd.
package doctor

import (
	"context"
	"errors"
	"fmt"
	"time"

	"panelwatch/alerts/slack"
	"panelwatch/configs"
	"panelwatch/sql/warehouse"
)

// A State is how a thing is.
type State string

// The states. Warnings do not change the exit code.
const (
	OK   State = "ok"
	Warn State = "warn"
	Fail State = "fail"
)

// A Line is one thing that was looked at.
type Line struct {
	Check string `json:"check"`
	State State  `json:"state"`
	Says  string `json:"says"`
	Do    string `json:"do,omitempty"` // what to do about it
	Err   error  `json:"-"`            // of a failure, for the exit code
}

// What the doctor's own findings are, for the exit code.
var (
	ErrSetup       = errors.New("configuration")
	ErrRights      = errors.New("permission")
	ErrUnavailable = errors.New("unavailable")
)

// A Patient is what is looked at. Functions answer as the program's own do.
type Patient struct {
	Config    *configs.Config
	ConfigErr error
	DSN       bool // one is set
	Open      func(context.Context) (*warehouse.Warehouse, error)
	Secret    func(name string) (string, error)
	Slack     func() (slack.Inspector, error)
	Archive   func() (Archive, error)
	Getenv    func(string) string
	Now       func() time.Time
	Memory    int64 // limit of the control group in bytes, 0 for none
}

// Examine looks at everything; no finding keeps it from the next.
func Examine(ctx context.Context, p Patient) []Line {
	e := &examination{Patient: p}
	e.configuration()
	e.warehouse(ctx)
	if p.Config != nil {
		e.sources(ctx)
		e.archive(ctx)
		e.slack(ctx)
		e.buttons(ctx)
		e.calendar()
	}
	e.machine()
	return e.lines
}

type examination struct {
	Patient
	lines []Line
}

func (e *examination) ok(check, format string, a ...any) {
	e.lines = append(e.lines, Line{Check: check, State: OK, Says: fmt.Sprintf(format, a...)})
}

func (e *examination) warn(check, says, do string) {
	e.lines = append(e.lines, Line{Check: check, State: Warn, Says: says, Do: do})
}

func (e *examination) fail(check string, err error, says, do string) {
	e.lines = append(e.lines, Line{Check: check, State: Fail, Says: says, Do: do, Err: err})
}

func (e *examination) configuration() {
	if e.ConfigErr != nil {
		e.fail("configuration", e.ConfigErr, e.ConfigErr.Error(), "mend the file at that place; panelwatch config validate reads it again")
		return
	}
	c := e.Config
	e.ok("configuration", "sound: %d apps, %d sources, %d datasets, %d rules, SHA-256 %.12s", len(c.Catalogue.Apps), len(c.Sources), len(c.Datasets), len(c.Rules), c.Hash)
}

// Failed joins the errors of all failures, nil without one.
func Failed(lines []Line) error {
	var errs []error
	for _, l := range lines {
		if l.State == Fail {
			errs = append(errs, l.Err)
		}
	}
	return errors.Join(errs...)
}
