package duck

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"panelwatch/etl/extract"
	"panelwatch/etl/tabulate/peers/month"
)

// Convert writes a delivery again as Parquet with zstd, row by row in the same
// order, as DuckDB writes it by itself. Rows that cannot be read as the types
// of the columns are left out: Parquet has no place for them.
func Convert(ctx context.Context, d extract.Delivery, out string) error {
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	c, err := open(ctx, 1)
	if err != nil {
		return err
	}
	defer c.Close()
	if _, err := c.ExecContext(ctx, "SET preserve_insertion_order = true"); err != nil {
		return err
	}
	m := d.Manifest
	m.Files = nil
	for _, table := range []struct{ name, columns string }{{extract.TableDevices, deviceColumns}, {extract.TableUsage, usagePlain}} {
		f := extract.File{Name: table.name + ".parquet", Table: table.name}
		path := filepath.Join(out, f.Name)
		from := source(d, table.name, table.columns)
		from = from[:len(from)-1] + ", ignore_errors = true)"
		if err := c.QueryRowContext(ctx, fmt.Sprintf("COPY (FROM %s) TO '%s' (FORMAT parquet, COMPRESSION zstd)", from, path)).Scan(&f.Rows); err != nil {
			return fmt.Errorf("convert %s: %w", table.name, err)
		}
		if f.Bytes, f.SHA256, err = digest(path); err != nil {
			return err
		}
		m.Files = append(m.Files, f)
	}
	catalogue, err := os.ReadFile(filepath.Join(d.Dir, "apps.yaml"))
	if err != nil {
		return err
	}
	return errors.Join(os.WriteFile(filepath.Join(out, "apps.yaml"), catalogue, 0o644), month.Seal(out, m))
}

// usagePlain knows no catalogue.
const usagePlain = "{device_id: 'VARCHAR', app_id: 'VARCHAR', day: 'DATE', uses: 'INTEGER', seconds: 'INTEGER'}"

func digest(path string) (size int64, sum string, err error) {
	in, err := os.Open(path)
	if err != nil {
		return 0, "", err
	}
	defer in.Close()
	h := sha256.New()
	size, err = io.Copy(h, in)
	return size, hex.EncodeToString(h.Sum(nil)), err
}
