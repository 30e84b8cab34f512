package warehouse

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/pressly/goose/v3"

	statements "panelwatch/sql"
)

// A Condition is what server, database and account are like. Reading it writes
// nothing.
type Condition struct {
	Version       string `db:"version"`
	Flavour       string `db:"flavour"`
	SQLMode       string `db:"sql_mode"` // of the server; sessions set their own
	Zone          string `db:"zone"`     // likewise
	LocalInfile   bool   `db:"local_infile"`
	MaxPacket     int64  `db:"max_packet"` // bytes
	ReadOnly      string `db:"read_only"`
	Account       string `db:"account"`
	Role          string `db:"role"` // active role, '' or NONE without
	Database      string `db:"name"`
	Collation     string `db:"collation_name"` // of the database
	ForeignTables int    `db:"foreign_tables"` // tables in another collation than ours

	TLS    string        // version, "" for a plain connection
	Remote bool          // the connection leaves this host
	Skew   time.Duration // the server's clock less ours, to within half a round trip
	Schema int64         // newest migration applied, 0 for none
	Known  int64         // newest migration of this program
	Leases []LeaseState
	// Lacks lists by task what the account has no right to; a task without an
	// entry is allowed.
	Lacks map[Task][]string
}

// A LeaseState is a lease that somebody holds.
type LeaseState struct {
	Name  string    `db:"name"`
	Owner string    `db:"owner"`
	Until time.Time `db:"lease_until"`
}

// Condition reads what the server is like. Parts that the account may not see
// are left empty.
func (w *Warehouse) Condition(ctx context.Context) (c Condition, err error) {
	if err := w.db.GetContext(ctx, &c, query("condition")); err != nil {
		return c, fmt.Errorf("read the server's settings: %w", err)
	}
	c.Remote = w.remote
	var ignored string
	if err := w.db.QueryRowContext(ctx, query("condition_tls")).Scan(&ignored, &c.TLS); err != nil {
		return c, fmt.Errorf("read the connection's state: %w", err)
	}
	if c.Skew, err = w.skew(ctx); err != nil {
		return c, err
	}
	if c.Known, err = newestMigration(); err != nil {
		return c, err
	}
	if c.Lacks, err = w.lacks(ctx, c.Account); err != nil {
		return c, fmt.Errorf("read the rights of %s: %w", c.Account, err)
	}
	return c, w.schemaState(ctx, &c)
}

func (w *Warehouse) skew(ctx context.Context) (time.Duration, error) {
	var there time.Time
	before := w.now()
	if err := w.db.GetContext(ctx, &there, query("condition_clock")); err != nil {
		return 0, fmt.Errorf("read the server's clock: %w", err)
	}
	after := w.now()
	return there.Sub(before.Add(after.Sub(before) / 2)), nil
}

// schemaState reads version and leases, as far as there are tables and rights.
func (w *Warehouse) schemaState(ctx context.Context, c *Condition) error {
	err := w.db.GetContext(ctx, &c.Schema, query("condition_schema"))
	if isServerError(err, 1146) || Denied(err) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read the schema's version: %w", err)
	}
	err = w.db.SelectContext(ctx, &c.Leases, query("condition_leases"))
	if err != nil && !isServerError(err, 1146) && !Denied(err) {
		return fmt.Errorf("read the leases: %w", err)
	}
	return nil
}

// newestMigration is the highest version among the program's own files.
func newestMigration() (newest int64, err error) {
	names, err := fs.Glob(statements.Migrations, "migrations/*.sql")
	if err != nil {
		return 0, err
	}
	for _, name := range names {
		version, err := goose.NumericComponent(name)
		if err != nil {
			return 0, err
		}
		newest = max(newest, version)
	}
	return newest, nil
}

// A Task is something that an account may be for.
type Task string

// The tasks.
const (
	TaskRun     Task = "run"
	TaskMigrate Task = "migrate up"
	TaskReport  Task = "report"
)

// Tasks in the order in which they are told.
var Tasks = []Task{TaskRun, TaskMigrate, TaskReport}

var (
	rowRights    = []string{"SELECT", "INSERT", "UPDATE", "DELETE"}
	schemaRights = []string{"SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "ALTER", "INDEX", "CREATE VIEW"}
)

// lacks compares the rights that an account has with what each task takes.
func (w *Warehouse) lacks(ctx context.Context, account string) (map[Task][]string, error) {
	name, host, _ := strings.Cut(account, "@")
	grantee := "'" + name + "'@'" + host + "'"
	var held []struct {
		Object    string `db:"object"`
		Privilege string `db:"privilege"`
	}
	if err := w.db.SelectContext(ctx, &held, query("condition_rights"), grantee, grantee, grantee); err != nil {
		return nil, err
	}
	has := map[string]bool{}
	for _, h := range held {
		has[h.Object+" "+h.Privilege] = true
	}
	var objects []struct {
		Name string `db:"name"`
		Kind string `db:"kind"`
	}
	if err := w.db.SelectContext(ctx, &objects, query("grant_objects")); err != nil {
		return nil, err
	}
	out := map[Task][]string{}
	lack := func(t Task, object string, rights ...string) {
		for _, r := range rights {
			if text := strings.TrimSpace(r + " " + object); !has[" "+r] && !has[object+" "+r] && !slices.Contains(out[t], text) {
				out[t] = append(out[t], text)
			}
		}
	}
	lack(TaskMigrate, "", schemaRights...)
	for _, o := range objects {
		switch {
		case o.Kind == "VIEW":
			lack(TaskRun, o.Name, "SELECT")
			lack(TaskReport, o.Name, "SELECT")
		case o.Name == "goose_db_version":
			lack(TaskRun, o.Name, "SELECT")
			lack(TaskReport, o.Name, "SELECT")
		case !strings.HasPrefix(o.Name, "goose_"):
			lack(TaskRun, o.Name, rowRights...)
		}
	}
	return out, nil
}
