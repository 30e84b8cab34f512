package warehouse

import (
	"bufio"
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/go-sql-driver/mysql"
	"github.com/jmoiron/sqlx"
)

// fill inserts rows with statement name, as bulk does, but of a whole month:
// the rows go to the server while they are made, by LOAD DATA LOCAL where it
// allows that. A row is good until the next is asked for.
func (w *Warehouse) fill(ctx context.Context, tx *sqlx.Tx, name string, rows iter.Seq[[]any]) error {
	if w.loads {
		return load(ctx, tx, name, rows)
	}
	var batch [][]any
	for row := range rows {
		if batch = append(batch, append([]any(nil), row...)); len(batch) == bulkRows {
			if err := bulk(ctx, tx, name, batch); err != nil {
				return err
			}
			batch = batch[:0]
		}
	}
	return bulk(ctx, tx, name, batch)
}

// An insert statement that names its columns and has nothing but values.
var plainInsert = regexp.MustCompile(`^INSERT INTO (\w+) \(([^)]*)\)\s+VALUES \((?:\?, )*\?\)$`)

var readers atomic.Int64 // their names are global in the driver

func load(ctx context.Context, tx *sqlx.Tx, name string, rows iter.Seq[[]any]) error {
	parts := plainInsert.FindStringSubmatch(query(name))
	if parts == nil {
		panic(name + " is no plain insert") // a bug, found by the first test
	}
	reader := "rows" + strconv.FormatInt(readers.Add(1), 10)
	text := strings.NewReplacer("{reader}", "Reader::"+reader, "{table}", parts[1], "{columns}", parts[2]).Replace(query("load_rows"))
	from, to := io.Pipe()
	mysql.RegisterReaderHandler(reader, func() io.Reader { return from })
	defer mysql.DeregisterReaderHandler(reader)
	sent := make(chan int64, 1)
	go func() {
		n, err := writeRows(to, rows)
		to.CloseWithError(err)
		sent <- n
	}()
	res, err := tx.ExecContext(ctx, text)
	from.CloseWithError(errors.New("the server wants no more")) // ends the writer, should it still be at work
	want := <-sent
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if got, err := res.RowsAffected(); err != nil || got != want {
		return errors.Join(fmt.Errorf("%s: sent %d rows, the server took %d (%v)", name, want, got, err), warned(ctx, tx))
	}
	if err := warned(ctx, tx); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// warned is an error when the statement before this one had to change a value.
func warned(ctx context.Context, tx *sqlx.Tx) error {
	var n int
	if err := tx.GetContext(ctx, &n, query("warning_count")); err != nil || n == 0 {
		return err
	}
	var level, message string
	var code uint16
	if err := tx.QueryRowContext(ctx, query("warning_first")).Scan(&level, &code, &message); err != nil {
		return fmt.Errorf("%d warnings: %w", n, err)
	}
	return fmt.Errorf("%d warnings, the first: %w", n, &mysql.MySQLError{Number: code, Message: message})
}

// writeRows writes rows as LOAD DATA reads them and counts them.
func writeRows(to io.Writer, rows iter.Seq[[]any]) (n int64, err error) {
	out := bufio.NewWriterSize(to, 64<<10)
	var line []byte
	for row := range rows {
		line = line[:0]
		for i, v := range row {
			if i > 0 {
				line = append(line, '\t')
			}
			if line, err = appendValue(line, v); err != nil {
				return n, fmt.Errorf("row %d, value %d: %w", n+1, i+1, err)
			}
		}
		if _, err := out.Write(append(line, '\n')); err != nil {
			return n, err
		}
		n++
	}
	return n, out.Flush()
}

func appendValue(line []byte, v any) ([]byte, error) {
	switch v := v.(type) {
	case nil:
		return append(line, `\N`...), nil
	case int:
		return strconv.AppendInt(line, int64(v), 10), nil
	case int64:
		return strconv.AppendInt(line, v, 10), nil
	case float64:
		return appendNumber(line, v), nil
	case time.Time:
		return v.UTC().AppendFormat(line, "2006-01-02 15:04:05.999999"), nil
	case string:
		return appendText(line, v), nil
	}
	plain, err := driver.DefaultParameterConverter.ConvertValue(v) // of a type of ours
	if err == nil && !driver.IsValue(v) {
		return appendValue(line, plain)
	}
	return line, errors.Join(err, fmt.Errorf("no way to load a %T", v))
}

// appendNumber writes all digits, without an exponent where that is shorter.
func appendNumber(line []byte, v float64) []byte {
	if size := math.Abs(v); size >= 1e-3 && size < 1e17 {
		return strconv.AppendFloat(line, v, 'f', -1, 64)
	}
	return strconv.AppendFloat(line, v, 'g', -1, 64)
}

// appendText escapes what ends a value or a line.
func appendText(line []byte, s string) []byte {
	if !strings.ContainsAny(s, "\\\t\n\x00") {
		return append(line, s...)
	}
	for i := range len(s) {
		switch c := s[i]; c {
		case '\\', '\t', '\n':
			line = append(line, '\\', c)
		case 0:
			line = append(line, '\\', '0')
		default:
			line = append(line, c)
		}
	}
	return line
}
