package jobs_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"panelwatch/jobs"
	"panelwatch/sql/warehouse/localserver/servertest"
)

// The load: three years of 500 apps are filled in, then a year comes month by
// month, each to a warehouse with all before it.
const (
	loadApps, loadProfiled = 500, 36
	loadFilled             = "2022-12"
)

// BenchmarkLoad runs the program itself, once, and prints what each stage took
// and how much memory the process had at most.
func BenchmarkLoad(b *testing.B) {
	l := newLoad(b)
	for b.Loop() {
		filled := l.run(b)
		var year []measured
		for _, dir := range l.withheld {
			must(b, os.Rename(filepath.Join(l.aside, dir), filepath.Join(l.site.inbox, "vendor", dir)))
			year = append(year, l.run(b))
		}
		fmt.Println("\n" + loadTable(filled, year)) // a benchmark cuts off what it logs
	}
}

// A load is a site whose inbox has the years to fill in, and the months that
// are to come aside.
type load struct {
	site             *site
	dsn, dir         string
	program, aside   string
	withheld         []string
	summary, catalog string
}

func newLoad(b *testing.B) *load {
	b.Helper()
	l := &load{dsn: servertest.NewDefaultServer(b), dir: b.TempDir(), aside: b.TempDir()}
	l.site = newSiteOn(b, l.dsn, ticking())
	l.program, l.summary = filepath.Join(l.dir, "panelwatch"), filepath.Join(l.dir, "summary.json")
	out, err := exec.Command("go", "build", "-o", l.program, "panelwatch/cmd/panelwatch").CombinedOutput()
	if err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	m := newMarket(b, l.site, loadApps, loadProfiled)
	m.write(b, l.site, month(benchFrom), month(benchTo))
	l.writeCatalogue(b, m)
	for at := month(loadFilled) + 1; at <= month(benchTo); at++ {
		l.withheld = append(l.withheld, at.String())
		must(b, os.Rename(filepath.Join(l.site.inbox, "vendor", at.String()), filepath.Join(l.aside, at.String())))
	}
	return l
}

// writeCatalogue adds the market's apps to the shipped ones.
func (l *load) writeCatalogue(b *testing.B, m market) {
	b.Helper()
	text, err := os.ReadFile("../configs/apps.yaml")
	must(b, err)
	more := "\napps:\n"
	for _, a := range m.catalogue.Apps {
		if strings.HasPrefix(string(a.ID), "app") {
			more += fmt.Sprintf("  - {id: %s, name: %s, category: %s, profile: %s}\n", a.ID, a.Name, a.Category, a.Profile)
		}
	}
	all := strings.Replace(string(text), "\napps:\n", more, 1)
	l.catalog = filepath.Join(l.dir, "config")
	must(b, os.Mkdir(l.catalog, 0o755))
	must(b, os.WriteFile(filepath.Join(l.catalog, "apps.yaml"), []byte(all), 0o644))
}

// A measured run is what the program said of itself and what it took.
type measured struct {
	jobs.Summary
	wall time.Duration
	peak float64 // MiB of memory
}

func (l *load) run(b *testing.B) (r measured) {
	b.Helper()
	began := time.Now()
	run := exec.Command(l.program, "--config", l.catalog, "--log-level", "warn", "run", "--summary-file", l.summary)
	run.Env = append(os.Environ(), "PANELWATCH_DSN="+l.dsn, "PANELWATCH_INBOX="+l.site.inbox, "PANELWATCH_OUTBOX="+filepath.Join(l.dir, "slack"))
	var out bytes.Buffer
	run.Stdout, run.Stderr = &out, &out
	must(b, run.Start())
	peak, ended := make(chan float64), make(chan struct{})
	go func() { peak <- mostMemory(run.Process.Pid, ended) }()
	err := run.Wait()
	close(ended)
	if r.peak = <-peak; err != nil {
		b.Fatalf("%v\n%s", err, out.String())
	}
	r.wall = time.Since(began)
	text, err := os.ReadFile(l.summary)
	must(b, err)
	must(b, json.Unmarshal(text, &r.Summary))
	if n := r.Count(jobs.Published); n == 0 || len(r.Judged) != n {
		b.Fatalf("%d months published, %d judged", n, len(r.Judged))
	}
	return r
}

// mostMemory is the most that a process had in memory until it ended, in MiB.
// (What the kernel says after its end counts its parent before the exec too.)
func mostMemory(pid int, ended <-chan struct{}) (most float64) {
	for {
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
		if at := strings.Index(string(text), "VmHWM:"); err == nil && at >= 0 {
			var kib float64
			if _, err := fmt.Sscanf(string(text[at:]), "VmHWM: %f", &kib); err == nil {
				most = max(most, kib/1024)
			}
		}
		select {
		case <-ended:
			return most
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func loadTable(filled measured, year []measured) string {
	var t strings.Builder
	n := float64(len(filled.Published))
	fmt.Fprintf(&t, "| stage | back-fill of %.0f months, s | of it a month, s | a month that comes, s (median of %d, slowest) |\n|---|---|---|---|\n", n, len(year))
	row := func(name string, of func(measured) float64) {
		var each []float64
		for _, r := range year {
			each = append(each, of(r))
		}
		slices.Sort(each)
		fmt.Fprintf(&t, "| %s | %.2f | %.3f | %.2f, %.2f |\n", name, of(filled), of(filled)/n, each[len(each)/2], each[len(each)-1])
	}
	for _, stage := range filled.Stages {
		row(stage.Name, func(r measured) float64 {
			if i := slices.IndexFunc(r.Stages, func(s jobs.Stage) bool { return s.Name == stage.Name }); i >= 0 {
				return r.Stages[i].Seconds
			}
			return 0
		})
	}
	row("all", func(r measured) float64 { return r.wall.Seconds() })
	peaks := []float64{}
	for _, r := range year {
		peaks = append(peaks, r.peak)
	}
	slowest := slices.MaxFunc(year, func(a, b measured) int { return cmp.Compare(a.wall, b.wall) })
	fmt.Fprintf(&t, "\nslowest month: %s, with %d findings told; most memory of the process: back-fill %.0f MiB, a month %.0f MiB; rows of a month: %d\n",
		slowest.Published[0], slowest.Findings["fired"]+slowest.Findings["expected"], filled.peak, slices.Max(peaks), year[0].Rows.Read)
	return t.String()
}
