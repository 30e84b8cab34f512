package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"testing"

	"github.com/go-sql-driver/mysql"
	"github.com/google/go-cmp/cmp"

	"panelwatch/etl/archive"
	"panelwatch/etl/extract"
	"panelwatch/etl/source"
	"panelwatch/jobs"
	"panelwatch/sql/warehouse"
)

// The table of README names every code that the program can exit with.
func TestReadmeNamesEveryExitCode(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	var got []int
	for _, row := range regexp.MustCompile(`(?m)^\| (\d+) \|`).FindAllSubmatch(text, -1) {
		code, err := strconv.Atoi(string(row[1]))
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, code)
	}
	if diff := cmp.Diff(everyCode(), got); diff != "" {
		t.Errorf("exit codes in README (-want +got):\n%s", diff)
	}
}

const goCrash = 2 // the runtime's own

func everyCode() []int {
	return []int{
		exitDone, exitBug, goCrash, exitUsage, exitData, exitUnavailable,
		exitInvariant, exitLeaseHeld, exitDenied, exitConfig, exitTerminated,
	}
}

func TestExitCodes(t *testing.T) {
	stopped, stop := context.WithCancel(context.Background())
	stop()
	for _, c := range []struct {
		name string
		ctx  context.Context
		err  error
		want int
	}{
		{"nothing", context.Background(), nil, exitDone},
		{"somebody's bug", context.Background(), errors.New("boom"), exitBug},
		{"bad data", context.Background(), fmt.Errorf("vendor: %w", &extract.DataError{File: "f", Msg: "m"}), exitData},
		{"bad data beside an unreachable server", context.Background(), errors.Join(mysql.ErrInvalidConn, &extract.DataError{}), exitData},
		{"rows unaccounted for", context.Background(), fmt.Errorf("read: %w", extract.ErrUnbalanced), exitInvariant},
		{"lease held", context.Background(), warehouse.ErrLeaseHeld, exitLeaseHeld},
		{"lease lost", context.Background(), warehouse.ErrLeaseLost, exitLeaseHeld},
		{"an archive that is damaged", context.Background(), fmt.Errorf("restore: %w", archive.ErrDamaged), exitInvariant},
		{"an archive that does not answer", context.Background(), fmt.Errorf("archive: %w", archive.ErrUnavailable), exitUnavailable},
		{"an archive that refuses the key", context.Background(), fmt.Errorf("archive: %w", archive.ErrDenied), exitDenied},
		{"no such delivery in the archive", context.Background(), fmt.Errorf("replay: %w", archive.ErrAbsent), exitUsage},
		{"nothing to replay", context.Background(), fmt.Errorf("replay: %w", jobs.ErrNoDelivery), exitUsage},
		{"wrong password", context.Background(), &mysql.MySQLError{Number: 1045}, exitDenied},
		{"no such database", context.Background(), &mysql.MySQLError{Number: 1049}, exitConfig},
		{"lock wait", context.Background(), &mysql.MySQLError{Number: 1205}, exitUnavailable},
		{"source does not accept us", context.Background(), errors.Join(fmt.Errorf("source: %w", source.ErrDenied), jobs.ErrSource), exitDenied},
		{"source is down", context.Background(), fmt.Errorf("source: %w", jobs.ErrSource), exitUnavailable},
		{"source lacks a password", context.Background(), errors.Join(source.ErrSettings, &extract.DataError{}), exitConfig},
		{"SIGTERM", stopped, fmt.Errorf("publish: %w", context.Canceled), exitTerminated},
		{"bad data, then SIGTERM", stopped, &extract.DataError{}, exitData},
	} {
		if got := exitCode(c.ctx, c.err); got != c.want {
			t.Errorf("%s: exit code %d, want %d", c.name, got, c.want)
		}
	}
}
