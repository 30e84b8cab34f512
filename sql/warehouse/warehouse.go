// Package warehouse is the only package that speaks SQL. It keeps deliveries,
// publications, findings and the outbox in a MySQL-protocol database, and hands
// out what formulas and rules need. The statements live in panelwatch/sql.
package warehouse

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"github.com/go-sql-driver/mysql"
	"github.com/jmoiron/sqlx"

	statements "panelwatch/sql"
)

// A Warehouse is an open connection pool. Now is the clock of the rows it
// writes; leases go by the database's own clock.
type Warehouse struct {
	db    *sqlx.DB
	now   func() time.Time
	loads bool // the server takes LOAD DATA LOCAL

	remote bool // the server is not on this host
}

const sqlMode = "STRICT_ALL_TABLES,ONLY_FULL_GROUP_BY,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO"

// silence is the seconds after which the server ends a connection that says
// nothing, and rolls back what it had begun. Without it a host that vanished in
// the middle of publishing would lock the lease for the server's eight hours.
const silence = "300"

// Open connects to dsn (go-sql-driver notation) and checks that the session is
// what the program relies on. The first connection is retried for as long as
// ctx lives and wait allows. The DSN never appears in an error. Off this host
// the connection is encrypted and the server's certificate checked; see TLS.
func Open(ctx context.Context, dsn string, now func() time.Time, wait time.Duration, access ...Access) (*Warehouse, error) {
	return open(ctx, dsn, now, wait, pool, access...)
}

func pool(config *mysql.Config) (*sql.DB, error) {
	connector, err := mysql.NewConnector(config)
	if err != nil {
		return nil, err
	}
	db := sql.OpenDB(connector)
	db.SetConnMaxLifetime(3 * time.Minute)
	db.SetMaxOpenConns(8)
	return db, nil
}

func open(ctx context.Context, dsn string, now func() time.Time, wait time.Duration, connect func(*mysql.Config) (*sql.DB, error), access ...Access) (*Warehouse, error) {
	config, err := settings(dsn, access...)
	if err != nil {
		return nil, err
	}
	plain, err := connect(config)
	if err != nil {
		return nil, &ConfigError{"the DSN is not usable: " + err.Error()}
	}
	db := sqlx.NewDb(plain, "mysql")
	w := &Warehouse{db: db, now: now, remote: isRemote(config)}
	if err := w.ready(ctx, wait); err != nil {
		return nil, closing(db, fmt.Errorf("connect to %s: %w%s", config.Addr, err, remedy(err)))
	}
	if err := w.checkSession(ctx); err != nil {
		return nil, closing(db, err)
	}
	return w, nil
}

func closing(db *sqlx.DB, err error) error {
	_ = db.Close()
	return err
}

// Close ends all connections.
func (w *Warehouse) Close() error { return w.db.Close() }

func (w *Warehouse) ready(ctx context.Context, wait time.Duration) error {
	deadline := time.NewTimer(wait)
	defer deadline.Stop()
	for {
		err := w.db.PingContext(ctx)
		if err == nil || permanent(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-deadline.C:
			return err
		case <-time.After(250 * time.Millisecond):
		}
	}
}

func (w *Warehouse) checkSession(ctx context.Context) error {
	var mode, zone string
	if err := w.db.QueryRowContext(ctx, query("session")).Scan(&mode, &zone, &w.loads); err != nil {
		return fmt.Errorf("read session variables: %w", err)
	}
	for _, want := range strings.Split(sqlMode, ",") {
		if !strings.Contains(mode, want) {
			return &ConfigError{fmt.Sprintf("the server refuses sql_mode %s (has %s)", want, mode)}
		}
	}
	if zone != "+00:00" {
		return &ConfigError{fmt.Sprintf("the session's time zone is %s, want +00:00", zone)}
	}
	return nil
}

// query is the text of sql/queries/<name>.sql without its comments.
func query(name string) string {
	data, err := statements.Queries.ReadFile("queries/" + name + ".sql")
	if err != nil {
		panic("no statement " + name) // a misspelt name is a bug, found by the first test
	}
	return uncommented(string(data))
}

func uncommented(s string) string {
	var lines []string
	for _, line := range strings.Split(s, "\n") {
		if !strings.HasPrefix(line, "--") {
			lines = append(lines, line)
		}
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}
