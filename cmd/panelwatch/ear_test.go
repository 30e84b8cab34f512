package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"sync"

	"github.com/rogpeppe/go-internal/testscript"
)

// An ear is a dead man's switch and a Pushgateway: it keeps what it is told.
type ear struct {
	mu    sync.Mutex
	heard strings.Builder
	deaf  bool
}

func (e *ear) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.deaf {
		http.Error(w, "not now", http.StatusServiceUnavailable)
		return
	}
	e.heard.WriteString(r.Method + " " + r.URL.Path + "\n" + string(body) + "\n")
}

// listener is the story's ear: open points the program to it, deaf makes it
// refuse, heard FILE writes down what it was told since.
func listener(ts *testscript.TestScript, neg bool, args []string) {
	e, _ := ts.Value("ear").(*ear)
	switch args[0] {
	case "open":
		server := httptest.NewServer(e)
		ts.Defer(server.Close)
		ts.Setenv("PANELWATCH_HEARTBEAT_URL", server.URL+"/ping/s3cret-switch")
		ts.Setenv("PUSHGATEWAY_URL", server.URL+"/s3cret-gateway")
	case "deaf":
		e.mu.Lock()
		defer e.mu.Unlock()
		e.deaf = true
	case "heard":
		e.mu.Lock()
		defer e.mu.Unlock()
		ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(e.heard.String()), 0o644))
		e.heard.Reset()
	}
}

// fetch asks a serve, whose log says where it listens: fetch log /metrics FILE.
func fetch(ts *testscript.TestScript, neg bool, args []string) {
	log, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	address := regexp.MustCompile(`address=(\S+)`).FindSubmatch(log)
	if address == nil {
		ts.Fatalf("%s does not say where it listens", args[0])
	}
	answer, err := http.Get("http://" + string(address[1]) + args[1])
	ts.Check(err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	ts.Check(err)
	if answer.StatusCode != http.StatusOK {
		ts.Fatalf("%s: %s: %s", args[1], answer.Status, body)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), body, 0o644))
}
