// Package maria tabulates a delivery with a private MariaDB: its rows are
// loaded into panel_device and panel_usage and the warehouse's own SQL does
// the rest.
package maria

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/go-sql-driver/mysql"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
	"panelwatch/etl/tabulate"
	"panelwatch/etl/tabulate/peers/month"
	"panelwatch/sql/warehouse"
	"panelwatch/sql/warehouse/localserver"
)

const source = "peers"

// Tabulate starts a server in a folder of its own, loads a delivery of plain
// CSV without faults and tabulates it.
func Tabulate(ctx context.Context, d extract.Delivery, cat *panel.Catalogue) (t *tabulate.Tables, err error) {
	dir, err := os.MkdirTemp("", "peers")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	server, err := localserver.Start(ctx, dir, localserver.Options{
		Database: "peers", Args: []string{"--innodb-buffer-pool-size=1G", "--innodb-flush-log-at-trx-commit=0", "--skip-log-bin"},
	})
	if err != nil {
		return nil, err
	}
	defer server.Close()
	w, err := warehouse.Open(ctx, server.DSN("peers"), time.Now, 10*time.Second)
	if err != nil {
		return nil, err
	}
	defer w.Close()
	if err := prepare(ctx, w, cat); err != nil {
		return nil, err
	}
	if err := load(ctx, server.DSN("peers"), d); err != nil {
		return nil, err
	}
	return w.Tabulate(ctx, warehouse.Landed{Source: source, Month: d.Manifest.Month, MinSeconds: d.Manifest.MinSecondsValid}, month.Dimensions)
}

// prepare makes the tables and writes the catalogue into them.
func prepare(ctx context.Context, w *warehouse.Warehouse, cat *panel.Catalogue) error {
	if err := w.Migrate(ctx); err != nil {
		return err
	}
	lease, _, err := w.Claim(ctx, "peers", "peers", time.Minute, 0)
	if err != nil {
		return err
	}
	defer lease.Release()
	return w.WriteCatalogue(ctx, lease, cat, func(panel.AppID) string { return source }, nil)
}

// Statements that load a file of each table.
var loading = map[string]string{
	extract.TableDevices: `LOAD DATA LOCAL INFILE 'Reader::%s' INTO TABLE panel_device CHARACTER SET utf8mb4 FIELDS TERMINATED BY ',' IGNORE 1 LINES
		(device_id, weight, @province, @city_tier, @gender, @age_band, @marital, @tags)
		SET source = ?, month_start = ?, stratum = '', province = NULLIF(@province, ''), city_tier = NULLIF(@city_tier, ''),
		    gender = NULLIF(@gender, ''), age_band = NULLIF(@age_band, ''), marital = NULLIF(@marital, ''), occupation_tags = NULLIF(@tags, '')`,
	extract.TableUsage: `LOAD DATA LOCAL INFILE 'Reader::%s' INTO TABLE panel_usage CHARACTER SET utf8mb4 FIELDS TERMINATED BY ',' IGNORE 1 LINES
		(device_id, app_id, @day, uses, seconds)
		SET source = ?, month_start = ?, day = DAY(@day), active_days = 1`,
}

func load(ctx context.Context, dsn string, d extract.Delivery) error {
	config, err := mysql.ParseDSN(dsn)
	if err != nil {
		return err
	}
	config.InterpolateParams = true
	connector, err := mysql.NewConnector(config)
	if err != nil {
		return err
	}
	db := sql.OpenDB(connector)
	defer db.Close()
	for _, f := range d.Manifest.Files {
		if err := loadFile(ctx, db, filepath.Join(d.Dir, f.Name), f, d.Manifest.Month); err != nil {
			return fmt.Errorf("load %s: %w", f.Name, err)
		}
	}
	return nil
}

func loadFile(ctx context.Context, db *sql.DB, path string, f extract.File, m panel.Month) error {
	in, err := os.Open(path)
	if err != nil {
		return err
	}
	defer in.Close()
	mysql.RegisterReaderHandler(f.Name, func() io.Reader { return bufio.NewReaderSize(in, 1<<16) })
	defer mysql.DeregisterReaderHandler(f.Name)
	result, err := db.ExecContext(ctx, fmt.Sprintf(loading[f.Table], f.Name), source, m.Start().Format(time.DateOnly))
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || int(n) != f.Rows {
		return fmt.Errorf("%d of %d rows were taken (%v)", n, f.Rows, err)
	}
	return nil
}
