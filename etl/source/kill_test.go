package source_test

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// kills is how often each kind's downloads are killed.
const kills = 50

// Killed at any point of a download, again and again, one more run gives what
// an undisturbed run gives, and leaves nothing behind.
func TestKilledFiftyTimes(t *testing.T) {
	eachKind(t, func(t *testing.T, l *landing) {
		for i, month := range []string{"2023-10", "2023-11", "2023-12"} {
			l.deliver(t, month+"/r1", month, 1, noise(uint64(i), 150_000))
		}
		l.put(t, "loose/sheet.csv", noise(4, 100_000))
		l.put(t, "loose/_SUCCESS", nil)
		undisturbed := oldSpool(t)
		must(t, l.process(t, undisturbed).Run())
		want := tree(t, undisturbed)

		random := rand.New(rand.NewPCG(20231201, uint64(len(l.settings.Kind))))
		spool, killed, finished := oldSpool(t), 0, 0
		for killed < kills {
			if l.killed(t, spool, random) {
				killed++
				continue
			}
			finished++
			wantTree(t, want, spool)
			spool = oldSpool(t)
		}
		must(t, l.process(t, spool).Run())
		wantTree(t, want, spool)
		if finished > 2*kills {
			t.Errorf("%d runs ended before they could be killed", finished)
		}
	})
}

// oldSpool is a spool with an earlier delivery in the folder of a new one.
func oldSpool(t testing.TB) string {
	t.Helper()
	spool := t.TempDir()
	for name, content := range files(t, "2023-11", 2, noise(9, 1000)) {
		writeFile(t, filepath.Join(spool, "2023-11", "r1", name), content)
	}
	return spool
}

// process is a Mirror of the landing in a process of its own.
func (l *landing) process(t testing.TB, spool string) *exec.Cmd {
	t.Helper()
	settings, err := json.Marshal(l.settings)
	must(t, err)
	c := exec.CommandContext(t.Context(), os.Args[0])
	c.Env = append(os.Environ(), childSettings+"="+string(settings), childSpool+"="+spool)
	return c
}

// killed starts a Mirror and kills it after some pieces, and then a moment, so
// that the steps between files are met too. It tells whether the kill came
// before the end.
func (l *landing) killed(t testing.TB, spool string, random *rand.Rand) bool {
	t.Helper()
	c := l.process(t, spool)
	var complaint bytes.Buffer
	c.Stderr = &complaint
	pieces, err := c.StdoutPipe()
	must(t, err)
	must(t, c.Start())
	heard := make([]byte, 1+random.IntN(40))
	moment := time.Duration(random.IntN(1500)) * time.Microsecond
	for read := 0; read < len(heard); {
		n, err := pieces.Read(heard[read:])
		if read += n; err != nil {
			break
		}
	}
	for start := time.Now(); time.Since(start) < moment; {
		// a sleep would be too coarse
	}
	_ = c.Process.Kill()
	err = c.Wait()
	if err != nil && complaint.Len() > 0 {
		t.Fatalf("%v: %s", err, complaint.String())
	}
	return err != nil
}

// wantTree wants the spool byte for byte, and no temporary file in it.
func wantTree(t testing.TB, want map[string][]byte, spool string) {
	t.Helper()
	got := tree(t, spool)
	if diff := cmp.Diff(want, got, cmp.Comparer(bytes.Equal)); diff != "" {
		t.Fatalf("spool differs from that of an undisturbed run, want -, got +:\n%.2000s", diff)
	}
	wantNoLeftovers(t, spool)
}
