// Package servertest gives tests a real MariaDB: one server for each test
// binary, one database for each test. It is for tests only and must not be
// imported by the program.
//
//	func TestMain(m *testing.M) { os.Exit(servertest.Run(m)) }
//
//	func TestPublish(t *testing.T) {
//		dsn := servertest.NewDatabase(t)
//
// The variable PANELWATCH_TEST_DSN points the same tests at any other server
// of the MySQL protocol; its account must be allowed to create databases.
package servertest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/go-sql-driver/mysql"

	"panelwatch/sql/warehouse/localserver"
)

// Variable names the environment variable with the DSN of another server.
const Variable = "PANELWATCH_TEST_DSN"

// A host starts the binary's server when the first test asks for it.
type host struct {
	start  func() (*mysql.Config, error)
	server *localserver.Server
	dir    string
}

var (
	current *host
	counter atomic.Int64
)

// Run runs the tests and then ends the server, if one was needed. The result
// is for os.Exit.
func Run(m *testing.M) (code int) {
	current = &host{}
	current.start = sync.OnceValues(current.open)
	defer func() {
		if err := current.end(); err != nil {
			fmt.Fprintln(os.Stderr, "end the test server:", err)
			code = max(code, 1)
		}
	}()
	return m.Run()
}

// NewDatabase makes an empty database for one test and returns its DSN. The
// database goes when the test ends. Without a server the test fails.
func NewDatabase(tb testing.TB) (dsn string) {
	tb.Helper()
	if current == nil {
		tb.Fatal("servertest.NewDatabase needs: func TestMain(m *testing.M) { os.Exit(servertest.Run(m)) }")
	}
	config, err := current.start()
	if err != nil {
		tb.Fatalf("a database server for tests: %v", err)
	}
	name := fmt.Sprintf("panelwatch_test_%d_%d", os.Getpid(), counter.Add(1))
	if err := execute(tb.Context(), config, "CREATE DATABASE "+name+" CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"); err != nil {
		tb.Fatalf("create database %s: %v", name, err)
	}
	tb.Cleanup(func() {
		if err := execute(context.Background(), config, "DROP DATABASE "+name); err != nil {
			tb.Errorf("drop database %s: %v", name, err)
		}
	})
	return in(config, name)
}

// open connects to the server of the environment, or starts one.
func (h *host) open() (*mysql.Config, error) {
	if dsn := os.Getenv(Variable); dsn != "" {
		config, err := mysql.ParseDSN(dsn)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", Variable, err)
		}
		return config, nil
	}
	var err error
	if h.dir, err = os.MkdirTemp("", "pw"); err != nil {
		return nil, err
	}
	h.server, err = localserver.Start(context.Background(), h.dir, localserver.Options{
		Cache: cache(), Args: hasty(),
	})
	if err != nil {
		return nil, err
	}
	return mysql.ParseDSN(h.server.DSN(""))
}

// end kills the server: nobody will miss its data.
func (h *host) end() error {
	var errs []error
	if h.server != nil {
		errs = append(errs, h.server.Kill())
	}
	if h.dir != "" {
		errs = append(errs, os.RemoveAll(h.dir))
	}
	return errors.Join(errs...)
}

// cache is none where the user has no cache folder.
func cache() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "panelwatch")
}

// hasty trades safety against a power cut for speed. A commit still survives
// the end of the process.
func hasty() []string {
	return []string{"--innodb-flush-log-at-trx-commit=2", "--innodb-doublewrite=0"}
}

func in(config *mysql.Config, database string) string {
	c := config.Clone()
	c.DBName = database
	return c.FormatDSN()
}

func execute(ctx context.Context, config *mysql.Config, statement string) error {
	db, err := sql.Open("mysql", in(config, ""))
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, statement)
	return err
}
