package main

import (
	"bufio"
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"gonum.org/v1/gonum/stat"
)

// soaking is how long serve is watched; make soak takes ten minutes.
var soaking = flag.Duration("soak", 6*time.Second, "how long a serve with a schedule of every second is watched")

// A quantity of a process that must not grow, and by how much it may seem to.
type quantity struct {
	name  string
	unit  float64 // shown in
	leave float64 // growth over the whole time that is no growth
}

var quantities = []quantity{
	{"go_goroutines", 1, 4},
	{"process_open_fds", 1, 4},
	{"connections", 1, 3},
	{"go_memstats_heap_alloc_bytes", 1 << 20, 3 << 20},
	{"process_resident_memory_bytes", 1 << 20, 24 << 20},
}

// A serve whose jobs are due every second, with all that they read and write,
// takes no more of anything after a while than before. Memory is what is left
// after a collection: the least of each twelfth of the time.
func TestServeDoesNotGrow(t *testing.T) {
	t.Parallel()
	s := newSoak(t)
	var series [5][]float64
	for end := time.Now().Add(*soaking); time.Now().Before(end); time.Sleep(*soaking / 240) {
		for i, v := range s.sample(t) {
			series[i] = append(series[i], v)
		}
	}
	ticks := s.pods.one(t, "SELECT COUNT(*) FROM etl_run WHERE exit_code = 0")
	s.ends(t)
	if failed := s.pods.one(t, "SELECT COUNT(*) FROM etl_run WHERE exit_code NOT IN (0, 143)"); failed > 0 || ticks < 2 {
		t.Errorf("%.0f jobs succeeded, %.0f failed in %s", ticks, failed, *soaking)
	}
	t.Logf("%.0f jobs in %s", ticks, *soaking)
	for i, q := range quantities {
		first, last, grown := growth(series[i])
		t.Logf("%-30s %8.1f at the start, %8.1f at the end, slope times time %+.2f", q.name, first/q.unit, last/q.unit, grown/q.unit)
		if grown > q.leave {
			t.Errorf("%s grew by %.1f", q.name, grown/q.unit)
		}
	}
}

// growth is the slope of the least of each twelfth, times the whole time; the
// first quarter, in which pools and caches fill, is left out.
func growth(samples []float64) (first, last, grown float64) {
	const parts, warm = 12, 3
	var x, y []float64
	for part := warm; part < parts; part++ {
		from, to := len(samples)*part/parts, len(samples)*(part+1)/parts
		least := samples[from]
		for _, v := range samples[from:to] {
			least = min(least, v)
		}
		x, y = append(x, float64(part)), append(y, least)
	}
	_, slope := stat.LinearRegression(x, y, nil, false)
	return y[0], y[len(y)-1], slope * float64(parts-warm-1)
}

// A leak of a little each time would be found, a saw's teeth are none.
func TestGrowthIsTheSlopeOfTheLeast(t *testing.T) {
	var saw, leak []float64
	for i := range 240 {
		saw = append(saw, 100+float64(i%17))
		leak = append(leak, 100+float64(i%17)+float64(i)/10)
	}
	if _, _, grown := growth(saw); grown > 1 || grown < -1 {
		t.Errorf("a saw grows by %v", grown)
	}
	if _, _, grown := growth(leak); grown < 12 {
		t.Errorf("a leak of 0.1 a sample grows by %v", grown)
	}
}

// A soak is a serve under watch.
type soak struct {
	pods    *pods
	run     *exec.Cmd
	address string
}

func newSoak(t *testing.T) *soak {
	t.Helper()
	p := newPods(t)
	path := filepath.Join(p.dir, "config", "panelwatch.yaml")
	text, err := os.ReadFile(path)
	check(t, err)
	every := bytes.Replace(text, []byte(`schedule: "0 2 * * *"`), []byte("schedule: \"@every 1s\"\nlisten: 127.0.0.1:0\nremind: {schedule: \"@every 1s\", lead: 7, apps: [geshui], due: {vendor: 15}}"), 1)
	check(t, os.WriteFile(path, every, 0o644))
	s := &soak{pods: p, run: exec.Command("panelwatch", "--config", filepath.Join(p.dir, "config"), "serve")}
	s.run.Env = append(os.Environ(), "PANELWATCH_DSN="+p.dsn, "PANELWATCH_OUTBOX="+filepath.Join(p.dir, "out", "slack"))
	log, err := s.run.StderrPipe()
	check(t, err)
	check(t, s.run.Start())
	t.Cleanup(func() { _ = s.run.Process.Kill() })
	lines := bufio.NewReader(log)
	for s.address == "" {
		line, err := lines.ReadString('\n')
		check(t, err)
		if m := regexp.MustCompile(`address=(\S+)`).FindStringSubmatch(line); m != nil {
			s.address = m[1]
		}
	}
	go func() { _, _ = io.Copy(io.Discard, lines) }()
	p.until(t, "SELECT COUNT(*) > 1 FROM etl_run WHERE finished_at IS NOT NULL")
	return s
}

func (s *soak) ends(t *testing.T) {
	t.Helper()
	check(t, s.run.Process.Signal(syscall.SIGTERM))
	var exit *exec.ExitError
	if err := s.run.Wait(); !errors.As(err, &exit) || exit.ExitCode() != exitTerminated {
		t.Errorf("%v, want exit code %d", err, exitTerminated)
	}
}

// sample reads the quantities, in their order.
func (s *soak) sample(t *testing.T) (values []float64) {
	t.Helper()
	answer, err := http.Get("http://" + s.address + "/metrics")
	check(t, err)
	text, err := io.ReadAll(answer.Body)
	check(t, errors.Join(err, answer.Body.Close()))
	for _, q := range quantities {
		if q.name == "connections" {
			values = append(values, s.pods.one(t, "SELECT COUNT(*) FROM information_schema.processlist WHERE db = DATABASE()"))
			continue
		}
		at := strings.Index(string(text), "\n"+q.name+" ")
		if at < 0 {
			t.Fatalf("no metric %s", q.name)
		}
		var v float64
		_, err := fmt.Sscan(string(text[at+len(q.name)+2:]), &v)
		check(t, err)
		values = append(values, v)
	}
	return values
}

// one is a number of the database.
func (p *pods) one(t *testing.T, question string) (n float64) {
	t.Helper()
	check(t, p.db.QueryRowContext(t.Context(), question).Scan(&n))
	return n
}
