package nullpanel_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"panelwatch/alerts/nullpanel"
	"panelwatch/etl/panel"
)

// TestRealChangesAreTold makes two apps another size in the judged month: a
// large one that is in no list, and a small one with near neighbours. What the
// silence of unchanged truth costs is how large a change must be.
func TestRealChangesAreTold(t *testing.T) {
	truth, n := reported(t), *pairs/5
	tried, factors := samples, []float64{1.03, 1.05, 1.1, 1.2, 1.4}
	if *pairs == 0 {
		tried, factors, n = []sample{{1_000_000, 0.85}}, []float64{1.3}, 6
	}
	apps := []panel.AppID{"yunshanfu", "yunlingxianfeng"}
	head := "| change |"
	for _, s := range tried {
		if s.staying > 0 {
			head += fmt.Sprintf(" %s |", s)
		}
	}
	t.Logf("share of %d months in which something is told of yunshanfu / yunlingxianfeng\n%s\n|%s", n, head, strings.Repeat("---|", strings.Count(head, "|")-1))
	for _, factor := range factors {
		line := fmt.Sprintf("| %+.0f %% |", 100*(factor-1))
		for _, s := range tried {
			if s.staying == 0 {
				continue
			}
			months := drawn(t, s, n, truth, nullpanel.Change{App: apps[0], Factor: factor}, nullpanel.Change{App: apps[1], Factor: factor})
			large, small := share(tellOf(months, apps[0]), n), share(tellOf(months, apps[1]), n)
			line += fmt.Sprintf(" %.0f / %.0f |", large, small)
			if s.devices == 1_000_000 && factor >= 1.2 && (large < 80 || small < 80) {
				t.Errorf("%s, a change of %+.0f %%: told in %.0f and %.0f %% of the months", s, 100*(factor-1), large, small)
			}
		}
		t.Log(line)
	}
}

// tellOf counts the months in which an app is spoken of, in a finding of its
// own or as the one that another swapped with.
func tellOf(months []month, app panel.AppID) (n int) {
	for _, m := range months {
		for _, f := range m.fired {
			named := f.Subject.App == app
			for _, s := range f.Swaps {
				named = named || s.Sure && slices.Contains([]panel.AppID{s.Over, s.Under}, app)
			}
			if named {
				n++
				break
			}
		}
	}
	return n
}
