package configs_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"panelwatch/configs"
)

func TestLimitsOfTables(t *testing.T) {
	dir := own(t, "tables: {}", "tables: {usage: {max_rejected_ratio: 0.5}, devices: {max_rejected_rows: 2}}")
	c, err := configs.Load(dir, none)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		table          string
		read, rejected int
		want           string
	}{
		{"app_month", 1000, 10, ""},
		{"app_month", 1000, 11, "more than 1 % (quality.max_rejected_ratio)"},
		{"usage", 1000, 500, ""},
		{"usage", 1000, 501, "more than 50 % (quality.max_rejected_ratio)"},
		{"devices", 1000, 2, ""},
		{"devices", 1000, 3, "more than 2 (quality.max_rejected_rows)"},
		{"devices", 100, 2, "more than 1 % (quality.max_rejected_ratio)"},
		{"devices", 0, 0, ""},
	} {
		if got := c.Quality.Of(x.table).Exceeded(x.read, x.rejected); got != x.want {
			t.Errorf("%s, %d of %d: %q, want %q", x.table, x.rejected, x.read, got, x.want)
		}
	}
}

func TestWhenAMonthIsClosed(t *testing.T) {
	for line, want := range map[string][]bool{
		"closed_after: 3 ": {false, false, true, true},
		"closed_after: 2 ": {false, true, true, true},
		"closed_after: 0 ": {false, false, false, false},
		"":                 {false, false, true, true}, // as when the key is not there
	} {
		c, err := configs.Load(own(t, "closed_after: 3", line+"#"), none)
		if err != nil {
			t.Fatal(err)
		}
		var got []bool
		for later := 1; later <= 4; later++ {
			got = append(got, c.Quality.Closed(later))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q: after 1 to 4 later months, want (-), got (+):\n%s", line, diff)
		}
	}
}

// A panelwatch.yaml of before there was an archive goes on working.
func TestTheArchiveLiesBesideTheMessages(t *testing.T) {
	dir := own(t, ":-folder}", ":-}")
	c, err := configs.Load(dir, func(name string) string {
		return map[string]string{"PANELWATCH_OUTBOX": filepath.Join("var", "slack")}[name]
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := filepath.Join("var", "archive"); c.Archive.Kind != configs.ArchiveFolder || c.Archive.Folder != want {
		t.Errorf("archive %+v, want folder %s", c.Archive, want)
	}
	if _, err := os.Stat(c.Archive.Folder); err == nil {
		t.Error("reading the configuration made the folder")
	}
}
