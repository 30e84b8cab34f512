package main

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"panelwatch/etl/panel"
	"panelwatch/jobs"
)

// terminationLog is where Kubernetes looks for a pod's last words.
const terminationLog = "/dev/termination-log"

// maxReason keeps the last words well below the 4096 bytes that a kubelet reads.
const maxReason = 2000

// An ending is a process's last words, one line of JSON.
type ending struct {
	Code   int    `json:"code"`
	Period string `json:"period,omitempty"` // the months that it went wrong with, or was at
	Reason string `json:"reason"`
}

// lastWords leaves an ending where PANELWATCH_TERMINATION_LOG says, or where
// Kubernetes looks if it made that file.
func (w *world) lastWords(code int, err error, fallback string) {
	path, chosen := w.getenv("PANELWATCH_TERMINATION_LOG"), true
	if path == "" {
		if path, chosen = fallback, false; !isFile(path) {
			return
		}
	}
	e := ending{Code: code, Period: w.at(), Reason: "done"}
	if err != nil {
		e.Reason = shortened(w.redact(err.Error()), maxReason)
	}
	line, fault := json.Marshal(e)
	if fault == nil {
		fault = os.WriteFile(path, append(line, '\n'), 0o644)
	}
	if fault != nil && chosen {
		fmt.Fprintf(w.stderr, "panelwatch: last words not left: %v\n", fault)
	}
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// shortened cuts a text to at most n bytes, between two characters.
func shortened(s string, n int) string {
	if len(s) <= n {
		return s
	}
	const more = "…"
	s = s[:n-len(more)]
	for !utf8.ValidString(s) {
		s = s[:len(s)-1]
	}
	return s + more
}

// at is the period that the process is about, and sets it when it is given.
func (w *world) at(period ...string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(period) > 0 {
		w.period = period[0]
	}
	return w.period
}

// periodOf names the months that were refused, or the one that a run that went
// wrong was at.
func periodOf(s jobs.Summary, err error) string {
	var months []panel.Month
	for _, step := range s.Steps {
		if step.Action == jobs.Refused {
			months = append(months, step.Month)
		}
	}
	if len(months) == 0 && err != nil && s.At != 0 {
		return s.At.String()
	}
	slices.Sort(months)
	names := []string{}
	for _, m := range slices.Compact(months) {
		names = append(names, m.String())
	}
	return strings.Join(names, ",")
}
