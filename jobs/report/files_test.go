package report_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"panelwatch/jobs/report"
)

// The same warehouse gives the same bytes, in all three writings.
func TestSameBytesTwice(t *testing.T) {
	w := loaded(t)
	first, second := t.TempDir(), t.TempDir()
	for _, dir := range []string{first, second} {
		_, err := w.anew(t, "2023-12").Write(dir, report.Both)
		must(t, err)
	}
	names := files(t, first)
	if len(names) != 28 {
		t.Errorf("%d files, want a page, a workbook and 26 tables: %v", len(names), names)
	}
	if diff := cmp.Diff(names, files(t, second)); diff != "" {
		t.Errorf("files of two reports:\n%s", diff)
	}
	for _, name := range names {
		if !bytes.Equal(read(t, first, name), read(t, second, name)) {
			t.Errorf("%s is not the same twice", name)
		}
	}
}

// files lists what is in a folder and below it.
func files(t *testing.T, dir string) (names []string) {
	t.Helper()
	must(t, filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			path, err = filepath.Rel(dir, path)
			names = append(names, path)
		}
		return err
	}))
	return names
}

func read(t *testing.T, dir, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, name))
	must(t, err)
	return data
}

// A report takes the place of an earlier one of its month and leaves the rest
// of the folder alone; nothing unfinished stays.
func TestWriteReplacesTheEarlierReport(t *testing.T) {
	r := loaded(t).build(t, "2023-12")
	dir := t.TempDir()
	must(t, os.Mkdir(filepath.Join(dir, "report-2023-12"), 0o755))
	for _, name := range []string{"report-2023-12.html", "report-2023-12/e99_gone.csv", "report-2023-11.html"} {
		must(t, os.WriteFile(filepath.Join(dir, name), []byte("old"), 0o644))
	}
	paths, err := r.Write(dir, report.Chinese)
	must(t, err)
	if len(paths) != 3 {
		t.Errorf("written are %v", paths)
	}
	names := files(t, dir)
	if slices.Contains(names, "report-2023-12/e99_gone.csv") || string(read(t, dir, "report-2023-11.html")) != "old" {
		t.Errorf("an old table stays, or another month's report does not: %v", names)
	}
	if page := read(t, dir, "report-2023-12.html"); len(page) < 1000 {
		t.Errorf("the page is still the old one: %s", page)
	}
	entries, err := os.ReadDir(dir)
	must(t, err)
	if len(entries) != 4 {
		t.Errorf("in the folder are %v", entries)
	}
}

// What cannot be written leaves the earlier report as it was.
func TestFailedWriteLeavesTheEarlierReport(t *testing.T) {
	r := loaded(t).build(t, "2023-12")
	dir := filepath.Join(t.TempDir(), "file")
	must(t, os.WriteFile(dir, []byte("a file, no folder"), 0o644))
	if _, err := r.Write(dir, report.Both); err == nil {
		t.Error("a report was written into a file")
	}
	if got := read(t, dir, ""); string(got) != "a file, no folder" {
		t.Errorf("the file now holds %q", got)
	}
}

// The workbook opens again, with the numbers of the report as numbers.
func TestWorkbookHoldsTheNumbers(t *testing.T) {
	r := loaded(t).build(t, "2023-12")
	data, err := r.XLSX(report.Both)
	must(t, err)
	book, err := excelize.OpenReader(bytes.NewReader(data))
	must(t, err)
	want := []string{"Contents"}
	for _, s := range r.Sections {
		want = append(want, s.ID)
	}
	if diff := cmp.Diff(want, book.GetSheetList()); diff != "" {
		t.Errorf("sheets (-want +got):\n%s", diff)
	}
	numbers := 0
	for _, s := range r.Sections {
		rows, err := book.GetRows(s.ID, excelize.Options{RawCellValue: true})
		must(t, err)
		numbers += compareSheet(t, s, rows)
	}
	if numbers < 3000 {
		t.Errorf("only %d numbers were compared", numbers)
	}
	shown, err := book.GetCellValue("E06", "B2")
	must(t, err)
	if e06 := section(t, r, "E06").Table; shown != e06.Columns[1].Shown(e06.Rows[0][1]) {
		t.Errorf("January 2020 of E06 is shown as %s", shown)
	}
	props, err := book.GetDocProps()
	must(t, err)
	if want := "2024-01-12T01:00:00Z"; props.Created != want || props.Modified != want {
		t.Errorf("created %s, modified %s; want that of the newest publication, %s", props.Created, props.Modified, want)
	}
}

// compareSheet finds each number of a section in its sheet; it counts them.
func compareSheet(t *testing.T, s report.Section, rows [][]string) (n int) {
	t.Helper()
	names, records := table(t, s)
	for y, record := range records {
		for x, field := range record {
			want, err := strconv.ParseFloat(field, 64)
			if err != nil || strings.HasSuffix(names[x], "_flags") {
				continue
			}
			got, err := strconv.ParseFloat(rows[y+1][x], 64)
			if scale := scaleOf(rows[0][x]); err != nil || math.Abs(got*scale-want) > 1e-9*math.Max(1, math.Abs(want)) {
				t.Errorf("%s row %d, %s: %s in the workbook, %s in the table", s.ID, y+2, names[x], rows[y+1][x], field)
			}
			n++
		}
	}
	return n
}

// scaleOf is the unit that a heading names.
func scaleOf(head string) float64 {
	switch {
	case strings.Contains(head, "[万台]"):
		return 1e4
	case strings.Contains(head, "[亿台]"):
		return 1e8
	}
	return 1
}

// table is a section's CSV file, read again.
func table(t *testing.T, s report.Section) (names []string, records [][]string) {
	t.Helper()
	data, err := s.CSV()
	must(t, err)
	all, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	must(t, err)
	return all[0], all[1:]
}

func TestTablesAreInBaseUnits(t *testing.T) {
	r := loaded(t).build(t, "2023-12")
	for _, s := range r.Sections {
		names, records := table(t, s)
		if len(records) != len(s.Table.Rows) {
			t.Errorf("%s: %d rows, want %d", s.ID, len(records), len(s.Table.Rows))
		}
		for _, c := range s.Table.Columns {
			if !slices.Contains(names, c.Name) {
				t.Errorf("%s has no column %s", s.ID, c.Name)
			}
			if c.HasError && !slices.Contains(names, c.Name+"_ci_low") {
				t.Errorf("%s: %s has no interval", s.ID, c.Name)
			}
		}
	}
	names, records := table(t, section(t, r, "E12"))
	last := records[len(records)-1]
	got := fmt.Sprint(names[:5], last[:2])
	if want := "[month_start mud_devices mud_devices_se mud_devices_ci_low mud_devices_ci_high] [2023-12 97201000]"; got != want {
		t.Errorf("E12 is %s, want %s", got, want)
	}
}

// The page stands alone: no script, nothing from elsewhere, a policy that
// refuses both.
func TestPageStandsAlone(t *testing.T) {
	page, err := loaded(t).build(t, "2023-12").HTML(report.Both)
	must(t, err)
	for _, bad := range []string{`<script`, `<link`, `<img`, `@import`, `url\(`, ` style="`, ` on[a-z]+="`, `javascript:`} {
		if found := regexp.MustCompile(bad).Find(page); found != nil {
			t.Errorf("the page has %s", found)
		}
	}
	for _, address := range regexp.MustCompile(`(?:src|href)="[^"]*"`).FindAllString(string(page), -1) {
		if !strings.HasPrefix(address, `href="#`) {
			t.Errorf("the page leads to %s", address)
		}
	}
	if !bytes.Contains(page, []byte("default-src &#39;none&#39;")) && !bytes.Contains(page, []byte("default-src 'none'")) {
		t.Error("the page has no policy")
	}
	ids := map[string]bool{}
	for _, id := range regexp.MustCompile(` id="([^"]*)"`).FindAllStringSubmatch(string(page), -1) {
		if ids[id[1]] {
			t.Errorf("the page has two parts with the id %s", id[1])
		}
		ids[id[1]] = true
	}
}

// Each number of the tables is on the page with its interval, and so is what
// is said of the sample and of the sources.
func TestPageShowsWhatTheModelHolds(t *testing.T) {
	r := loaded(t).build(t, "2023-12")
	data, err := r.HTML(report.Both)
	must(t, err)
	page := string(data)
	for _, want := range []string{r.Synthetic[0], "修订 r1", "revision r1", "合成样本", "2024-01-12 01:00:00 UTC", "误差未知", "error unknown"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	for year := 2020; year <= 2023; year++ {
		if want := fmt.Sprintf(`class="year">%d<`, year); strings.Count(page, want) < 10 {
			t.Errorf("fewer than ten charts name the year %d", year)
		}
	}
	for _, s := range r.Sections {
		from := strings.Index(page, `<section id="`+s.Anchor()+`"`)
		part, _, _ := strings.Cut(page[from:], "</section>")
		for _, row := range s.Table.Rows {
			for i, cell := range row {
				c := s.Table.Columns[i]
				if c.Numeric() && !strings.Contains(part, ">"+c.Shown(cell)) {
					t.Errorf("%s does not show %s of %s", s.ID, c.Shown(cell), c.Name)
				}
				if interval := c.Interval(cell); interval != "" && !strings.Contains(part, "<small>"+interval+"</small>") {
					t.Errorf("%s does not show the interval %s of %s", s.ID, interval, c.Name)
				}
			}
		}
	}
}

func TestLanguages(t *testing.T) {
	r := loaded(t).build(t, "2023-12")
	for lang, says := range map[string]struct{ has, hasNot string }{
		report.Chinese: {"用户规模", "number of users"},
		report.English: {"number of users", "用户规模"},
		report.Both:    {`lang="en">交管12123 · number of users`, "\x00"},
	} {
		data, err := r.HTML(lang)
		must(t, err)
		if page := string(data); !strings.Contains(page, says.has) || strings.Contains(page, says.hasNot) {
			t.Errorf("%s: wants %q, and not %q", lang, says.has, says.hasNot)
		}
	}
}
