package main

import (
	"bytes"
	"errors"
	"flag"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"panelwatch/configs"
	"panelwatch/sql/warehouse/localserver"
)

// disturbances is how often each is tried, at another moment every time.
var disturbances = flag.Int("disturbances", 1, "how often a run is disturbed in each way")

// A disturbance is something that befalls a run under way, and what is left to
// be done until everything is published.
type disturbance struct {
	name string
	do   func(*testing.T, *pods)
}

// Whatever befalls a run, the warehouse ends as after one that nobody
// disturbed: with real processes, a real server and the lease as it is.
func TestDisturbedRunsEndTheSame(t *testing.T) {
	t.Parallel()
	disturbed(t, newPods(t), []disturbance{
		{"three pods at once", threeAtOnce},
		{"a pod paused between two transactions", pausedBetween},
		{"a pod paused while it publishes", pausedPublishing},
		{"a pod killed while it publishes", killedPublishing},
		{"the way to the server is cut", cutOff},
		{"the connections are cut once", cutOnce},
	})
}

// The same with a server that is killed while a run publishes.
func TestRunsOutliveTheServersDeath(t *testing.T) {
	t.Parallel()
	server, err := localserver.Start(t.Context(), t.TempDir(), localserver.Options{Database: "pods"})
	check(t, err)
	t.Cleanup(func() { _ = server.Kill() })
	p := newPodsOn(t, server.DSN("pods"))
	disturbed(t, p, []disturbance{{"the server dies while a pod publishes", func(t *testing.T, p *pods) {
		first := p.begin(t)
		p.catch(t, first, publishing)
		check(t, server.Kill())
		first.wakes(t)
		first.ends(t, exitUnavailable, "")
		server, err = localserver.Start(t.Context(), server.Dir, localserver.Options{})
		check(t, err)
		p.begin(t).ends(t, exitDone, "")
	}}})
}

func disturbed(t *testing.T, p *pods, all []disturbance) {
	p.finish(t)
	want := p.state(t)
	for _, d := range all {
		for range *disturbances {
			p.reset(t)
			took := time.Now()
			d.do(t, p)
			if diff := cmp.Diff(want, p.state(t), cmp.AllowUnexported(state{})); diff != "" {
				t.Errorf("%s: undisturbed (-), disturbed (+):\n%.4000s", d.name, diff)
			}
			t.Log(d.name, time.Since(took).Round(time.Millisecond))
		}
	}
}

func threeAtOnce(t *testing.T, p *pods) {
	all := []*pod{p.begin(t), p.begin(t), p.begin(t)}
	idle := 0
	for _, x := range all {
		x.ends(t, exitDone, "")
		if strings.Contains(x.out.String(), "nothing is due") {
			idle++
		}
	}
	if idle != 2 {
		t.Errorf("%d of three found nothing to do, want 2", idle)
	}
}

// A pod that wakes after its lease ran out finds that it belongs to another.
func pausedBetween(t *testing.T, p *pods) {
	first := p.begin(t)
	p.catch(t, first, between)
	p.begin(t).ends(t, exitDone, "")
	first.wakes(t)
	first.ends(t, exitLeaseHeld, "the lease was lost to another run")
}

// One that froze within a transaction holds the lock on the lease's row. The
// server ends what is silent for too long, here two seconds, and undoes it.
func pausedPublishing(t *testing.T, p *pods) {
	direct := p.dsn
	defer func() { p.dsn = direct }()
	p.dsn = with(t, direct, "wait_timeout", "2")
	first := p.begin(t)
	p.dsn = direct
	p.catch(t, first, publishing)
	p.begin(t).ends(t, exitDone, "")
	first.wakes(t)
	first.ends(t, exitUnavailable, "")
}

// The lease of a dead pod runs out by itself, and its work is done by another.
func killedPublishing(t *testing.T, p *pods) {
	first := p.begin(t)
	p.catch(t, first, publishing)
	check(t, first.run.Process.Kill())
	_ = first.run.Wait()
	p.begin(t).ends(t, exitDone, "")
}

func cutOff(t *testing.T, p *pods) {
	first, way := p.throughProxy(t)
	p.catch(t, first, publishing)
	way.cut(true)
	first.wakes(t)
	first.ends(t, exitUnavailable, "")
	p.begin(t).ends(t, exitDone, "")
}

// Where new connections can be made the run may end well, or leave the rest to
// the next.
func cutOnce(t *testing.T, p *pods) {
	first, way := p.throughProxy(t)
	p.catch(t, first, publishing)
	way.cut(false)
	first.wakes(t)
	_ = first.run.Wait()
	if code := first.run.ProcessState.ExitCode(); code != exitDone && code != exitUnavailable {
		t.Errorf("exit code %d, want 0 or %d:\n%s", code, exitUnavailable, first.out.String())
	}
	p.begin(t).ends(t, exitDone, "")
}

// Pods are runs on one warehouse, with a lease that a dead one loses soon.
type pods struct {
	*chaos
	draw *rand.Rand
}

func newPods(t *testing.T) *pods { return eager(t, newChaos(t, configs.KindFolder)) }

func newPodsOn(t *testing.T, dsn string) *pods {
	return eager(t, newChaosOn(t, configs.KindFolder, dsn))
}

func eager(t *testing.T, c *chaos) *pods {
	t.Helper()
	path := filepath.Join(c.dir, "config", "panelwatch.yaml")
	text, err := os.ReadFile(path)
	check(t, err)
	short := bytes.Replace(text, []byte("lease: {ttl: 60s, wait: 5s}"), []byte("lease: {ttl: 3s, wait: 60s}"), 1)
	if bytes.Equal(short, text) {
		t.Fatal("the configuration has another lease")
	}
	check(t, os.WriteFile(path, short, 0o644))
	return &pods{c, rand.New(rand.NewPCG(chaosSeed, 7))}
}

// A pod is one run, a process of its own.
type pod struct {
	run *exec.Cmd
	out bytes.Buffer
}

func (p *pods) begin(t *testing.T) *pod {
	t.Helper()
	x := &pod{}
	x.run = p.start(t, &x.out)
	return x
}

// wakes lets a paused pod go on.
func (x *pod) wakes(t *testing.T) {
	t.Helper()
	check(t, x.run.Process.Signal(syscall.SIGCONT))
}

// ends waits for a pod and wants its exit code, and a word in its output.
func (x *pod) ends(t *testing.T, want int, word string) {
	t.Helper()
	err := x.run.Wait()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if got := x.run.ProcessState.ExitCode(); got != want || !strings.Contains(x.out.String(), word) {
		t.Errorf("exit code %d, want %d and %q:\n%s", got, want, word, x.out.String())
	}
}

// Moments of a run; of a publishing one there is more than the lease to undo.
const (
	between    = "SELECT COUNT(*) = 0"
	publishing = "SELECT COUNT(*) > 0 AND MAX(x.trx_rows_modified) > 1"
)

// catch pauses a pod at some moment of a kind, once a month is published.
func (p *pods) catch(t *testing.T, x *pod, moment string) {
	t.Helper()
	p.until(t, "SELECT COUNT(*) > 0 FROM current_publication")
	for range 200 {
		check(t, x.run.Process.Signal(syscall.SIGSTOP))
		time.Sleep(150 * time.Millisecond) // the server looks at its transactions so often
		if p.holds(t, moment+` FROM information_schema.innodb_trx x
			 JOIN information_schema.processlist l ON l.id = x.trx_mysql_thread_id WHERE l.db = DATABASE()`) {
			return
		}
		x.wakes(t)
		time.Sleep(time.Duration(p.draw.IntN(30)) * time.Millisecond)
	}
	t.Fatalf("the run was never caught in the moment %q", moment)
}

func (p *pods) until(t *testing.T, question string) {
	t.Helper()
	for range 3000 {
		if p.holds(t, question) {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("never: %s", question)
}

func (p *pods) holds(t *testing.T, question string) (yes bool) {
	t.Helper()
	check(t, p.db.QueryRowContext(t.Context(), question).Scan(&yes))
	return yes
}
