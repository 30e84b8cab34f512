package main

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	"panelwatch/etl/panel"
	"panelwatch/jobs/report"
)

type reportCommand struct {
	Month panel.Month `help:"Month of observation." required:"" placeholder:"YYYY-MM"`
	To    string      `help:"Folder for the page, the workbook and the CSV files; an earlier report of the month gives way." required:"" type:"path" placeholder:"DIR"`
	Lang  string      `help:"zh, en or both." enum:"zh,en,both" default:"both"`
}

// Run writes the month's report of what is in force.
func (c *reportCommand) Run(w *world) error {
	house, err := w.readyWarehouse()
	if err != nil {
		return err
	}
	defer func() { _ = house.Close() }()
	r, err := report.Build(w.ctx, house, c.Month)
	if errors.Is(err, report.ErrNoMonth) {
		return usageError{err}
	}
	if err != nil {
		return err
	}
	paths, err := r.Write(c.To, c.Lang)
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.ENOTDIR) || errors.Is(err, syscall.EROFS) {
		return usageError{fmt.Errorf("--to %s: name a folder that may be written: %w", c.To, err)}
	}
	if err != nil {
		return fmt.Errorf("report of %s: %w", c.Month, err)
	}
	for _, path := range paths {
		fmt.Fprintln(w.stdout, path)
	}
	return nil
}
