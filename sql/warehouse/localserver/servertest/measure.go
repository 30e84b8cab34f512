package servertest

import (
	"net"
	"os"
	"os/exec"
	"slices"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"

	"panelwatch/sql/warehouse/localserver"
)

// asShipped undoes what localserver chooses for itself: these are MariaDB
// 10.11's own settings.
var asShipped = []string{
	"--innodb-buffer-pool-size=128M", "--innodb-log-file-size=96M", "--max-allowed-packet=16M",
}

// NewDefaultServer starts a server of its own for a measurement, with MariaDB's
// default settings: InnoDB has 128 MiB of memory and writes every commit out.
// It returns the DSN of an empty database on it. Server and database go with
// the benchmark. Where the environment names a server, that one is measured.
func NewDefaultServer(tb testing.TB) (dsn string) {
	tb.Helper()
	if os.Getenv(Variable) != "" {
		return NewDatabase(tb)
	}
	dir, err := os.MkdirTemp("", "pw")
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			tb.Error(err)
		}
	})
	const database = "panelwatch"
	s, err := localserver.Start(tb.Context(), dir, localserver.Options{Database: database, Cache: cache(), Args: asShipped})
	if err != nil {
		tb.Fatalf("a database server to measure: %v", err)
	}
	tb.Cleanup(func() {
		if err := s.Kill(); err != nil {
			tb.Error(err)
		}
	})
	return s.DSN(database)
}

// Client is a command of MariaDB's clients that reaches the server of dsn, with
// the name of its database last and then args.
func Client(tb testing.TB, dsn, program string, options []string, args ...string) *exec.Cmd {
	tb.Helper()
	c, err := mysql.ParseDSN(dsn)
	if err != nil {
		tb.Fatalf("options of %s: %v", program, err)
	}
	all := []string{"--no-defaults", "--user=" + c.User}
	if c.Net == "unix" {
		all = append(all, "--socket="+c.Addr)
	} else {
		host, port, err := net.SplitHostPort(c.Addr)
		if err != nil {
			tb.Fatalf("options of %s: %v", program, err)
		}
		all = append(all, "--protocol=tcp", "--host="+host, "--port="+port)
	}
	all = append(append(all, options...), c.DBName)
	cmd := exec.CommandContext(tb.Context(), program, append(all, args...)...)
	cmd.Env = append(os.Environ(), "MYSQL_PWD="+c.Passwd)
	return cmd
}

// Times are how long each round of a benchmark took.
type Times []time.Duration

// Take runs f as one more round.
func (t *Times) Take(f func()) {
	start := time.Now()
	f()
	*t = append(*t, time.Since(start))
}

// Median of the rounds.
func (t Times) Median() time.Duration {
	sorted := slices.Sorted(slices.Values(t))
	return (sorted[(len(sorted)-1)/2] + sorted[len(sorted)/2]) / 2
}

// Report prints the median, the fastest and the slowest round, in milliseconds,
// and what they should stay below.
func (t Times) Report(b *testing.B, goal time.Duration) {
	b.ReportMetric(0, "ns/op") // the mean says less
	b.ReportMetric(milliseconds(t.Median()), "ms")
	b.ReportMetric(milliseconds(slices.Min(t)), "min-ms")
	b.ReportMetric(milliseconds(slices.Max(t)), "max-ms")
	b.ReportMetric(milliseconds(goal), "goal-ms")
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
