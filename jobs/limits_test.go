package jobs_test

import (
	"strings"
	"testing"
)

// A limit of panelwatch.yaml holds for what is read: here two columns of three.
func TestLimitsOfReadingAreSettings(t *testing.T) {
	s := newSite(t)
	s.named(t, "天津人社保", "津社保")
	s.small(t, "r1", "2023-10", 1, "1000")
	s.config.Quality.Reading.Columns = 2
	if _, err := s.run(t); err == nil || !strings.Contains(err.Error(), "has 3 columns, at most 2 are read") {
		t.Errorf("%v, want the table refused", err)
	}
	s.config.Quality.Reading.Columns = 0
	s.mustRun(t)
}
