// Package duck tabulates a delivery with DuckDB: the peer that panelwatch is
// measured against, and the oracle that its tables have to equal. The SQL is
// as good as we could make it; it shares nothing with etl/tabulate but the
// group of a device.
package duck

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"embed"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/template"

	"github.com/duckdb/duckdb-go/v2"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
)

//go:embed sql/*.sql
var scripts embed.FS

// Options of a tabulation.
type Options struct {
	Threads    int
	Replicates bool // all 81; else the full sample alone
	// Checks drops rows that must not count, as etl/extract does. Without it
	// the rows are taken as they come, which is faster, and right only for a
	// delivery without faults.
	Checks bool
}

// Tabulate writes the tables of a delivery into folder out.
func Tabulate(ctx context.Context, d extract.Delivery, cat *panel.Catalogue, out string, o Options) error {
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	c, err := open(ctx, o.Threads)
	if err != nil {
		return err
	}
	defer c.Close()
	if o.Replicates {
		if err := duckdb.RegisterScalarUDF(c, "panel_group", group{}); err != nil {
			return err
		}
	}
	names, err := scripts.ReadDir("sql")
	if err != nil {
		return err
	}
	p := newParameters(d, cat, out, o)
	for _, name := range names {
		if err := run(ctx, c, "sql/"+name.Name(), p); err != nil {
			return err
		}
	}
	return nil
}

// open opens a database in memory and its one connection.
func open(ctx context.Context, threads int) (*sql.Conn, error) {
	db, err := sql.Open("duckdb", "")
	if err != nil {
		return nil, err
	}
	c, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	_, err = c.ExecContext(ctx, fmt.Sprintf("SET threads = %d; SET preserve_insertion_order = false", threads))
	return c, err
}

// Version is DuckDB's own.
func Version(ctx context.Context) string {
	c, err := open(ctx, 1)
	if err != nil {
		return err.Error()
	}
	defer c.Close()
	var v string
	if err := c.QueryRowContext(ctx, "SELECT version()").Scan(&v); err != nil {
		return err.Error()
	}
	return v
}

// parameters fill the templates of the scripts.
type parameters struct {
	Options
	Apps           string            // ids, quoted
	Members        map[string]string // of each dimension, quoted
	Categories     string            // tuples: number, name, app
	Devices, Usage string            // table functions
	First          string            // day of the month
	MinSeconds     int
	Rows           int    // of usage, as the manifest has it
	G, AndG        string // the group among columns, or nothing
	Out            string
}

func newParameters(d extract.Delivery, cat *panel.Catalogue, out string, o Options) parameters {
	p := parameters{
		Options: o, First: d.Manifest.Month.String() + "-01", MinSeconds: d.Manifest.MinSecondsValid, Out: out,
		Devices: source(d, extract.TableDevices, deviceColumns), Usage: source(d, extract.TableUsage, usageColumns),
	}
	if o.Checks {
		p.Usage = source(d, extract.TableUsage, usageText)
	}
	p.know(cat)
	if o.Replicates {
		p.G, p.AndG = "g,", ", g"
	}
	for _, f := range d.Manifest.Files {
		if f.Table == extract.TableUsage {
			p.Rows += f.Rows
		}
	}
	return p
}

// know takes over what the catalogue knows.
func (p *parameters) know(cat *panel.Catalogue) {
	var apps, tuples, categories []string
	for _, a := range cat.Apps {
		if !slices.Contains(categories, a.Category) {
			categories = append(categories, a.Category)
		}
		apps = append(apps, string(a.ID))
		tuples = append(tuples, fmt.Sprintf("(%d, '%s', '%s')", slices.Index(categories, a.Category), a.Category, a.ID))
	}
	slices.Sort(apps)
	p.Apps, p.Categories, p.Members = quoted(apps), strings.Join(tuples, ", "), map[string]string{}
	for dimension, members := range cat.Dimensions {
		p.Members[dimension] = quoted(append([]string{panel.Unknown}, members...))
	}
}

func quoted(words []string) string { return "'" + strings.Join(words, "', '") + "'" }

// Columns as DuckDB's CSV reader is told them; a delivery with faults has text
// among its numbers.
const (
	deviceColumns = "{device_id: 'VARCHAR', weight: 'DOUBLE', province: 'VARCHAR', city_tier: 'VARCHAR', gender: 'VARCHAR', age_band: 'VARCHAR', marital: 'VARCHAR', occupation_tags: 'VARCHAR'}"
	usageColumns  = "{device_id: 'VARCHAR', app_id: app_t, day: 'DATE', uses: 'INTEGER', seconds: 'INTEGER'}"
	usageText     = "{device_id: 'VARCHAR', app_id: 'VARCHAR', day: 'VARCHAR', uses: 'VARCHAR', seconds: 'VARCHAR'}"
)

// source is the call that reads the files of a table.
func source(d extract.Delivery, table, columns string) string {
	var files []string
	for _, f := range d.Manifest.Files {
		if f.Table == table {
			files = append(files, "'"+filepath.Join(d.Dir, f.Name)+"'")
		}
	}
	list := "[" + strings.Join(files, ", ") + "]"
	if strings.Contains(list, ".parquet'") {
		return "read_parquet(" + list + ")"
	}
	return "read_csv(" + list + ", header = true, auto_detect = false, delim = ',', quote = '\"', columns = " + columns + ")"
}

// run executes a script with its parameters filled in.
func run(ctx context.Context, c *sql.Conn, name string, p parameters) error {
	t, err := template.ParseFS(scripts, name)
	if err != nil {
		return err
	}
	var text strings.Builder
	if err := t.Execute(&text, p); err != nil {
		return err
	}
	if _, err := c.ExecContext(ctx, text.String()); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// group is the SQL function panel_group(device_id).
type group struct{}

// Config is the signature.
func (group) Config() duckdb.ScalarFuncConfig {
	text, _ := duckdb.NewTypeInfo(duckdb.TYPE_VARCHAR) // errors only for nested types
	number, _ := duckdb.NewTypeInfo(duckdb.TYPE_INTEGER)
	return duckdb.ScalarFuncConfig{InputTypeInfos: []duckdb.TypeInfo{text}, ResultTypeInfo: number}
}

// Executor computes it.
func (group) Executor() duckdb.ScalarFuncExecutor {
	return duckdb.ScalarFuncExecutor{RowExecutor: func(v []driver.Value) (any, error) {
		return int32(panel.Group(v[0].(string))), nil
	}}
}
