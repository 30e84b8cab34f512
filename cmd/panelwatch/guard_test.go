package main

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"

	"panelwatch/sql/warehouse"
)

// guardTripped is the exit code of a program that told a secret. No test
// expects it.
const guardTripped = 97

// guarded is the program as every test of this package starts it: it runs as
// ever, and ends with guardTripped when a secret of its environment is in what
// it wrote to stdout, stderr, its summary or the folder of its messages.
func guarded() {
	g := &guard{secrets: secretsOf(os.Environ())}
	code := run(os.Args[1:], os.Getenv, g.watch("stdout", os.Stdout), g.watch("stderr", os.Stderr))
	g.files(os.Getenv("PANELWATCH_OUTBOX"))
	if i := slices.Index(os.Args, "--summary-file"); i > 0 && i+1 < len(os.Args) {
		g.files(os.Args[i+1])
	}
	if told := g.told(); told != "" {
		fmt.Fprintln(os.Stderr, "A SECRET WAS TOLD: "+told)
		code = guardTripped
	}
	os.Exit(code)
}

var secretName = regexp.MustCompile(`(TOKEN|PASSWORD|SECRET_KEY|ACCESS_KEY|WEBHOOK_URL|HEARTBEAT_URL|DSN)(_FILE)?$`)

// secretsOf are the secrets of an environment: each value whose name says that
// it is one, what lies in a file named so, and of a DSN its password.
func secretsOf(environ []string) (secrets []string) {
	for _, entry := range environ {
		name, value, _ := strings.Cut(entry, "=")
		if !secretName.MatchString(name) {
			continue
		}
		if strings.HasSuffix(name, "_FILE") {
			data, _ := readSecret(value) // one that cannot be read has no secret to tell
			name, value = strings.TrimSuffix(name, "_FILE"), strings.TrimSpace(string(data))
		}
		if strings.HasSuffix(name, "DSN") {
			value = warehouse.Password(value)
		}
		if len(value) >= shortest {
			secrets = append(secrets, value)
		}
	}
	return secrets
}

// A guard looks for secrets in what is written.
type guard struct {
	secrets []string

	mu    sync.Mutex
	found []string
}

func (g *guard) look(where string, text []byte) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, s := range g.secrets {
		if bytes.Contains(text, []byte(s)) {
			g.found = append(g.found, where)
		}
	}
}

func (g *guard) told() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return strings.Join(g.found, ", ")
}

// files looks through a file or a folder; pictures hold no text.
func (g *guard) files(root string) {
	if root == "" {
		return
	}
	_ = filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || filepath.Ext(path) == ".png" {
			return nil // what is not there tells nothing
		}
		data, err := os.ReadFile(path)
		if err == nil {
			g.look(path, data)
		}
		return nil
	})
}

// watch passes on what is written and looks through it, over the joints of
// single writes.
func (g *guard) watch(where string, to io.Writer) io.Writer {
	return &watched{guard: g, where: where, to: to}
}

type watched struct {
	*guard
	where string
	to    io.Writer

	joint sync.Mutex
	tail  []byte
}

const longestSecret = 400

func (w *watched) Write(p []byte) (int, error) {
	w.joint.Lock()
	defer w.joint.Unlock()
	text := append(w.tail, p...)
	w.look(w.where, text)
	w.tail = bytes.Clone(text[max(0, len(text)-longestSecret):])
	return w.to.Write(p)
}
