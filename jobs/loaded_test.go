package jobs_test

import (
	"errors"
	"fmt"
	"os"
	"sync"
	"testing"

	"panelwatch/sql/warehouse/localserver/servertest"
)

var (
	shared     *site
	shareOnce  sync.Once
	afterwards []func() // what is to be cleaned up when all tests are over
	cleaning   error    // and what went wrong with it
)

// loaded is a site in which the whole history of the sample is published and
// judged. Tests share it and leave it as it is.
func loaded(t *testing.T) *site {
	t.Helper()
	shareOnce.Do(func() {
		s := newSite(lasting{t})
		s.write(t, "2020-01", "2023-12")
		s.mustRun(t)
		shared = s
	})
	if shared == nil {
		t.Fatal("the sample was not loaded: the first test that asked for it says why")
	}
	return shared
}

// lasting is a test whose cleanups wait until all tests are over.
type lasting struct{ testing.TB }

func (lasting) Cleanup(f func()) { afterwards = append(afterwards, f) }

// TempDir goes with the last test.
func (l lasting) TempDir() string {
	dir, err := os.MkdirTemp("", "jobs")
	if err != nil {
		l.Fatal(err)
	}
	l.Cleanup(func() { cleaning = errors.Join(cleaning, os.RemoveAll(dir)) })
	return dir
}

// Errorf keeps what a cleanup has to say: the test itself is over by then.
func (lasting) Errorf(format string, args ...any) {
	cleaning = errors.Join(cleaning, fmt.Errorf(format, args...))
}

// forget cleans up. The server of this binary is gone by then with all it
// had; a server of the environment still has the database.
func forget() error {
	for i := len(afterwards) - 1; i >= 0; i-- {
		afterwards[i]()
	}
	if os.Getenv(servertest.Variable) == "" {
		return nil
	}
	return cleaning
}
