package jobs_test

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"
	"testing"

	"panelwatch/sql/warehouse/localserver/servertest"
)

var (
	shared    *site
	shareOnce sync.Once
	folders   []string // that the shared site has made
	closings  []func() // what ends its database
	remarks   error    // what they have to say when no test is there to hear it
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

func (lasting) Cleanup(f func()) { closings = append(closings, f) }

func (l lasting) TempDir() string {
	dir, err := os.MkdirTemp("", "jobs")
	if err != nil {
		l.Fatal(err)
	}
	folders = append(folders, dir)
	return dir
}

func (lasting) Errorf(format string, args ...any) {
	remarks = errors.Join(remarks, fmt.Errorf(format, args...))
}

// forget cleans up when all tests are over. The server of this binary is gone
// by then with all that it had; a server of the environment is not.
func forget() error {
	for _, dir := range folders {
		remarks = errors.Join(remarks, os.RemoveAll(dir))
	}
	if os.Getenv(servertest.Variable) == "" {
		return remarks
	}
	for _, end := range slices.Backward(closings) {
		end()
	}
	return remarks
}
