// Package browsertest opens the month's report in a real Chromium and looks at
// it as a reader would. It is a module of its own, so that what it needs stays
// out of go.mod, and holds tests only; it must not import the program, which
// it runs as a process.
package browsertest
