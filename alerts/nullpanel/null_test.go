package nullpanel_test

import (
	"cmp"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"panelwatch/alerts"
	"panelwatch/alerts/nullpanel"
	"panelwatch/etl/panel"
)

var (
	pairs = flag.Int("pairs", 0, "months drawn for each size and kind of panel; 0: a few of each, for a quick test")
	seed  = flag.Uint64("seed", 2024, "of the panels drawn")
)

// A sample is a size and a kind of panel: drawn anew each month, or one whose
// devices stay.
type sample struct {
	devices int
	staying float64
}

func (s sample) String() string {
	kind := "drawn anew"
	if s.staying > 0 {
		kind = "stays"
	}
	return fmt.Sprintf("%s k, %s", panel.Decimal(float64(s.devices), -3, 0), kind)
}

var samples = []sample{
	{20_000, 0}, {20_000, 0.85}, {100_000, 0}, {100_000, 0.85}, {300_000, 0}, {300_000, 0.85}, {1_000_000, 0}, {1_000_000, 0.85},
}

// A month is one that was drawn and judged.
type month struct {
	fired []alerts.Finding
	moved bool // some place of the first list is another than the month before
}

// drawn judges so many months of a truth, each with four years before it, or
// three for a quick test.
func drawn(t testing.TB, s sample, n int, truth nullpanel.Truth, changes ...nullpanel.Change) []month {
	know, rules := shipped(t)
	history := 49
	if *pairs == 0 {
		history = 37
	}
	out := make([]month, n)
	work := make(chan int)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := range work {
				r := rand.New(rand.NewPCG(*seed, uint64(s.devices)<<20+uint64(100*s.staying)<<12+uint64(i)))
				last := panel.MustMonth("2023-02") + panel.Month(i%12)
				h := nullpanel.Panel{Devices: s.devices, Staying: s.staying, MinRanked: 100}.Draw(r, truth, last, history, changes...)
				found, _ := alerts.Judge(h, know, rules)
				out[i] = month{
					slices.DeleteFunc(found, func(f alerts.Finding) bool { return f.Verdict != alerts.Fired }),
					moved(h.Lists[0], last),
				}
			}
		})
	}
	for i := range n {
		work <- i
	}
	close(work)
	wg.Wait()
	return out
}

func moved(l alerts.List, m panel.Month) bool {
	return !slices.EqualFunc(l.Months[m], l.Months[m-1], func(a, b alerts.Entry) bool { return a.App == b.App })
}

// TestUnchangedTruthIsSilent draws months of one truth: nothing but sampling
// noise moves a number, and at least 95 of 100 months are to be silent.
func TestUnchangedTruthIsSilent(t *testing.T) {
	truth, n := reported(t), *pairs
	tried := samples
	if n == 0 {
		tried, n = []sample{{300_000, 0}, {1_000_000, 0.85}}, 12
	}
	t.Logf("\n| panel | months | a place moves | silent | what is told |\n|---|---|---|---|---|")
	for _, s := range tried {
		months := drawn(t, s, n, truth)
		silent, moves := 0, 0
		rules := map[string]int{}
		for _, m := range months {
			if len(m.fired) == 0 {
				silent++
			}
			if m.moved {
				moves++
			}
			for _, rule := range told(m.fired) {
				rules[rule]++
			}
		}
		t.Logf("| %s | %d | %.0f %% | %.1f %% | %s |", s, n, share(moves, n), share(silent, n), listed(rules))
		if share(silent, n) < 95 {
			t.Errorf("%s: %d of %d months are silent", s, silent, n)
		}
	}
}

func share(k, n int) float64 { return 100 * float64(k) / float64(n) }

// told are the rules that have something to say, each once.
func told(fired []alerts.Finding) (rules []string) {
	for _, f := range fired {
		rules = append(append(rules, f.Rule), f.Also...)
	}
	slices.Sort(rules)
	return slices.Compact(rules)
}

// listed counts rules, the most frequent first.
func listed(rules map[string]int) string {
	names := slices.SortedFunc(maps.Keys(rules), func(a, b string) int {
		return cmp.Or(cmp.Compare(rules[b], rules[a]), cmp.Compare(a, b))
	})
	var out []string
	for _, name := range names {
		out = append(out, fmt.Sprintf("%s %d", name, rules[name]))
	}
	return strings.Join(out, ", ")
}
