package jobs_test

import (
	"flag"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"panelwatch/etl/panel"
	"panelwatch/etl/sample"
	statements "panelwatch/sql"
)

var update = flag.Bool("update", false, "rewrite testdata: the answers of analyst, december")

// ofRestated are the questions about a panel and about revisions; the others
// are put to the whole history of the vendor.
var ofRestated = regexp.MustCompile(`^(18|19|20|21|22)_`)

// Every worked question has its answer, to the last digit, and at least one row.
func TestAnalystQuestions(t *testing.T) {
	files, err := fs.Glob(statements.Analyst, "analyst/*.sql")
	must(t, err)
	if len(files) < 15 {
		t.Errorf("%d questions, want 15 and more", len(files))
	}
	history, restated := loaded(t), restatedSite(t)
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".sql")
		t.Run(name, func(t *testing.T) {
			w := history
			if ofRestated.MatchString(name) {
				w = restated
			}
			compareAnswer(t, filepath.Join("testdata", "analyst", name+".tsv"), answerOf(t, w, worked(t, file)))
		})
	}
}

var bothLanguages = regexp.MustCompile(`^-- zh: \p{Han}?.*\p{Han}.*？\n-- en: [A-Z0-9].*\?\n`)

// worked reads a file, which begins with its question in both languages.
func worked(t *testing.T, file string) string {
	t.Helper()
	text, err := fs.ReadFile(statements.Analyst, file)
	must(t, err)
	if !bothLanguages.Match(text) {
		t.Errorf("%s does not begin with its question in Chinese and English:\n%.200s", file, text)
	}
	return string(text)
}

// answerOf is the result as lines, the columns' names first.
func answerOf(t *testing.T, w *site, query string) string {
	t.Helper()
	result, err := w.db.QueryContext(t.Context(), query)
	must(t, err)
	columns, err := result.Columns()
	must(t, err)
	must(t, result.Close())
	lines := []string{strings.Join(columns, "\t")}
	for _, r := range rows(t, w.db, query) {
		lines = append(lines, strings.Join(r, "\t"))
	}
	if len(lines) == 1 {
		t.Error("no rows")
	}
	return strings.Join(lines, "\n") + "\n"
}

func compareAnswer(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		must(t, os.MkdirAll(filepath.Dir(path), 0o755))
		must(t, os.WriteFile(path, []byte(got), 0o644))
		return
	}
	want, err := os.ReadFile(path)
	must(t, err)
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-), warehouse (+); go test ./jobs -update rewrites it:\n%s", path, diff)
	}
}

// restatedSite has two months of the vendor and one of the panel, published on
// 12 January 2024; a month later the vendor corrects one app.
func restatedSite(t *testing.T) *site {
	t.Helper()
	later, now := 0, ticking()
	w := newSiteAt(t, func() time.Time { return now().AddDate(0, later, 0) })
	must(t, sample.Write(w.inbox, w.config.Catalogue, sample.Options{
		From: month("2023-11"), To: month("2023-12"), MicroMonths: 1, Devices: 3000,
	}))
	w.mustRun(t)
	later = 1
	w.revise(t, "2023-12", "r2", 2, func(app string, devices *string) {
		if app == "铁路12306" {
			*devices = "9800.0"
		}
	})
	w.mustRun(t)
	t.Run("the error of a ratio is that of the program", func(t *testing.T) { wantOwnRatio(t, w) })
	return w
}

// wantOwnRatio holds the plain SQL of question 18 against the program's own
// error over the same replicates.
func wantOwnRatio(t *testing.T, w *site) {
	var smaller, largest panel.Estimate
	for _, r := range rows(t, w.db, `
		SELECT member, replicate, devices FROM v_panel_estimate
		 WHERE app_name = '个人所得税' AND dimension = 'city_tier' AND month_start = '2023-12-01'`) {
		g, err := strconv.Atoi(r[1])
		must(t, err)
		devices, err := strconv.ParseFloat(r[2], 64)
		must(t, err)
		switch r[0] {
		case "新一线城市", "二线城市":
			smaller[g] += devices
		case "一线城市":
			largest[g] += devices
		}
	}
	var ratio panel.Estimate
	for g := range ratio {
		ratio[g] = smaller[g] / largest[g]
	}
	got := rows(t, w.db, worked(t, "analyst/18_error_of_your_own_ratio.sql"))
	for i, want := range []float64{ratio[0], ratio.StandardError()} {
		if v, err := strconv.ParseFloat(got[0][i], 64); err != nil || math.Abs(v-want) > 1e-6 || want <= 0 {
			t.Errorf("column %d: %s, want %g", i+1, got[0][i], want)
		}
	}
}
