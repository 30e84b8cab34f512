package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"golang.org/x/term"

	"panelwatch/configs"
	"panelwatch/sql/warehouse"
)

// A world is what commands see of the process.
type world struct {
	globals
	ctx            context.Context
	getenv         func(string) string
	stdout, stderr io.Writer
	brief          bool // show digests without their details
	secrets        redactor

	mu     sync.Mutex
	period string // the months that the process's last words are about
}

// secret reads NAME from the environment, or the file that NAME_FILE names, at
// each asking: a secret that was changed holds from the next run on.
func (w *world) secret(names ...string) (value string, err error) {
	defer func() { w.secrets.learn(value) }()
	for _, name := range names {
		if v := w.getenv(name); v != "" {
			return v, nil
		}
		path := w.getenv(name + "_FILE")
		if path == "" {
			continue
		}
		data, err := readSecret(path)
		if err != nil {
			return "", configError{fmt.Errorf("%s_FILE: %w", name, err)}
		}
		return strings.TrimSpace(string(data)), nil
	}
	return "", nil
}

// mostSecret is how many bytes the file of a secret may have.
const mostSecret = 64 << 10

func readSecret(path string) ([]byte, error) {
	in, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	data, err := io.ReadAll(io.LimitReader(in, mostSecret+1))
	if err == nil && len(data) > mostSecret {
		err = fmt.Errorf("%s is longer than %d bytes; is it the file of a secret?", path, mostSecret)
	}
	return data, err
}

func (w *world) openWarehouse() (*warehouse.Warehouse, error) { return w.openedBy(warehouse.Open) }

// An opener is warehouse.Open or one like it.
type opener func(ctx context.Context, dsn string, now func() time.Time, wait time.Duration, access ...warehouse.Access) (*warehouse.Warehouse, error)

func (w *world) openedBy(open opener) (*warehouse.Warehouse, error) {
	dsn, err := w.dsn()
	if err != nil {
		return nil, err
	}
	if dsn == "" {
		return nil, configError{errors.New("no warehouse: set PANELWATCH_DSN or PANELWATCH_DSN_FILE, such as user:password@tcp(host:3306)/panelwatch")}
	}
	return open(w.ctx, dsn, time.Now, w.ConnectWait, w.trust())
}

func (w *world) dsn() (string, error) {
	if w.DSN != "" {
		w.secrets.learn(w.DSN)
		return w.DSN, nil
	}
	return w.secret("PANELWATCH_DSN", "MYSQL_DSN", "DATABASE_DSN")
}

// trust names the certificates for the warehouse: those of the environment, or
// what lies in the folder that the Kubernetes manifests mount them to.
func (w *world) trust() warehouse.Access {
	dir := cmp.Or(w.getenv("PANELWATCH_DSN_TLS_DIR"), "/run/secrets/panelwatch-tls")
	file := func(variable, name string) string {
		if path := w.getenv(variable); path != "" {
			return path
		}
		path := filepath.Join(dir, name)
		if _, err := os.Stat(path); err != nil {
			return ""
		}
		return path
	}
	return warehouse.Access{
		CAFile:   file("PANELWATCH_DSN_CA_FILE", "ca.crt"),
		CertFile: file("PANELWATCH_DSN_CERT_FILE", "tls.crt"),
		KeyFile:  file("PANELWATCH_DSN_KEY_FILE", "tls.key"),
		Again:    w.dsn,
	}
}

// readyWarehouse opens a warehouse whose schema is that of this program.
func (w *world) readyWarehouse() (*warehouse.Warehouse, error) {
	return w.ready(warehouse.Open)
}

func (w *world) ready(open opener) (*warehouse.Warehouse, error) {
	house, err := w.openedBy(open)
	if err != nil {
		return nil, err
	}
	if err := house.CheckSchema(w.ctx); err != nil {
		_ = house.Close()
		return nil, err
	}
	return house, nil
}

func (w *world) loadConfig() (*configs.Config, error) {
	c, err := configs.Load(w.Config, w.getenv)
	if err != nil {
		return nil, configError{err}
	}
	return c, nil
}

func (w *world) logger(runID string) *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(w.LogLevel)) // the parser allows only levels
	options := &slog.HandlerOptions{Level: level}
	if w.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(w.secrets.writer(w.stderr), options)).With("run_id", runID)
	}
	if w.terminal() {
		options.Level = max(level, slog.LevelWarn) // the progress line and the table say the rest
		return slog.New(slog.NewTextHandler(w.secrets.writer(w.stderr), options))
	}
	return slog.New(slog.NewTextHandler(w.secrets.writer(w.stderr), options)).With("run_id", runID)
}

// terminal says whether somebody is watching stderr.
func (w *world) terminal() bool {
	f, ok := w.stderr.(*os.File)
	return ok && !w.NoColor && term.IsTerminal(int(f.Fd()))
}

// newRunID is unique and sorts by time.
func newRunID(now time.Time) string {
	var b [4]byte
	_, _ = rand.Read(b[:]) // crypto/rand never fails
	return now.UTC().Format("20060102T150405Z") + "-" + hex.EncodeToString(b[:])
}

func owner(runID string) string {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown-host"
	}
	return fmt.Sprintf("%s/%d/%s", host, os.Getpid(), runID)
}
