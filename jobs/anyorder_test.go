package jobs_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"panelwatch/etl/panel"
)

// ordered are months each of which is compared with another: the one before,
// six before, and a year before December.
var ordered = []panel.Month{
	panel.MustMonth("2022-12"), panel.MustMonth("2023-06"), panel.MustMonth("2023-11"), panel.MustMonth("2023-12"),
}

// An arrived delivery is revision n of a month in a folder; the first revision
// comes a second time, after others, in a folder of its own.
type arrived struct {
	month  panel.Month
	n      int
	folder string
}

func arrivals() (all []arrived) {
	for _, m := range ordered {
		for n := 1; n <= 3; n++ {
			all = append(all, arrived{m, n, fmt.Sprint("r", n)})
		}
		all = append(all, arrived{m, 1, "again"})
	}
	return all
}

// revised are the apps that a revision corrects, each one another way.
func (a arrived) revised(app string, devices *string) {
	var v float64
	if _, err := fmt.Sscan(*devices, &v); err != nil {
		return
	}
	switch app {
	case "铁路12306", "浙里办", "工商银行":
		*devices = fmt.Sprintf("%.1f", v*(1+0.07*float64(a.n*(int(a.month)%3+1))))
	case "闽政通", "云闪付":
		*devices = fmt.Sprintf("%.1f", v*(1-0.03*float64(a.n)))
	}
}

// stocked is a site that does not tell corrections, for what was corrected
// depends on what came before; with a folder of first revisions aside, of which every
// delivery is made.
func stocked(t *testing.T) (s, stock *site) {
	s = newSite(t)
	delete(s.config.Rules, "restated")
	stock = &site{inbox: t.TempDir(), config: s.config}
	for _, m := range ordered {
		stock.write(t, m.String(), m.String())
	}
	return s, stock
}

// arrive brings a delivery into the inbox.
func (s *site) arrive(t *testing.T, stock *site, a arrived) {
	t.Helper()
	stock.revise(t, a.month.String(), "arrives", a.n, a.revised)
	to := s.folder(a.month.String(), a.folder)
	must(t, os.MkdirAll(filepath.Dir(to), 0o755))
	must(t, os.Rename(stock.folder(a.month.String(), "arrives"), to))
}

// Loaded in whatever order, one by one or several at once, with deliveries
// that are gone from the inbox and come again: readers see what they see where
// only the newest were ever loaded; and each state that there was can be read
// as of its time.
func TestAnyOrderEndsTheSame(t *testing.T) {
	newest, stock := stocked(t)
	for _, m := range ordered {
		newest.arrive(t, stock, arrived{m, 3, "r3"})
	}
	newest.mustRun(t)
	want := current(t, newest)
	for seed := range uint64(3) {
		t.Run(fmt.Sprint("order ", seed), func(t *testing.T) {
			draw := rand.New(rand.NewPCG(seed, 5))
			s, stock := stocked(t)
			order := arrivals()
			draw.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
			states := s.loadedIn(t, stock, order, draw)
			if diff := cmp.Diff(want, current(t, s)); diff != "" {
				t.Errorf("%v\nviews where only the newest were loaded (-), in this order (+):\n%s", order, diff)
			}
			for at, state := range states {
				if diff := cmp.Diff(state, s.asOf(t, at)); diff != "" {
					t.Errorf("as of %s: what was in force then (-), what history says (+):\n%s", at, diff)
				}
			}
			s.wantFirst(t)
			s.wantUnbroken(t)
			if seed == 0 {
				s.wantHistoryTraced(t)
			}
		})
	}
}

// loadedIn loads deliveries in an order and keeps what was in force after each
// run. Some deliveries are taken out of the inbox after they were loaded.
func (s *site) loadedIn(t *testing.T, stock *site, order []arrived, draw *rand.Rand) map[string]map[string]string {
	t.Helper()
	states := map[string]map[string]string{}
	for len(order) > 0 {
		n := min(1+draw.IntN(4), len(order))
		for _, a := range order[:n] {
			s.arrive(t, stock, a)
		}
		s.mustRun(t)
		at := rows(t, s.db, "SELECT MAX(published_at) FROM publication")[0][0]
		states[at] = s.inForceNow(t)
		for _, a := range order[:n] {
			if draw.IntN(3) == 0 {
				must(t, os.RemoveAll(s.folder(a.month.String(), a.folder)))
			}
		}
		order = order[n:]
	}
	return states
}

// which are the columns that say by which publication or judgement a row came
// about: all that may depend on the order of deliveries. Views of what is in
// force have no column that says when.
var which = []string{"publication_id", "trace_id", "judgement_id"}

// current is a digest of every view of what is in force.
func current(t *testing.T, s *site) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, view := range views(t, s) {
		if strings.HasSuffix(view, "_history") || strings.HasSuffix(view, "_first") {
			continue
		}
		out[view] = sorted(rows(t, s.db, "SELECT "+strings.Join(s.columns(t, view, which), ", ")+" FROM "+view))
	}
	if len(out) < 30 || strings.HasPrefix(out["v_exhibit_e27"], "0 rows") || strings.HasPrefix(out["v_finding"], "0 rows") {
		t.Fatalf("views are missing, or empty: %v", out)
	}
	return out
}

func (s *site) columns(t *testing.T, view string, without []string) (names []string) {
	t.Helper()
	for _, r := range rows(t, s.db, `
		SELECT column_name FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = ? ORDER BY ordinal_position`, view) {
		if !slices.Contains(without, r[0]) {
			names = append(names, "`"+r[0]+"`")
		}
	}
	return names
}

// sorted is a digest of rows in whatever order.
func sorted(all [][]string) string {
	slices.SortFunc(all, slices.Compare)
	return digest(all)
}

// bitemporal are the views of what is in force and of what ever was, with the
// columns that both have.
var bitemporal = []struct{ now, ever, columns string }{
	{
		"v_indicator_all_sources", "v_indicator_history",
		"source, month_start, revision, indicator, app_id, dimension, member, value, se, n_devices, basis, flags, at_month, publication_id, trace_id",
	},
	{
		"v_rank", "v_rank_history",
		"source, month_start, revision, list_name, place, app_id, app_name, region, mud_devices, mud_se_devices, previous_place, place_change, state, is_in_list, publication_id",
	},
	{
		"v_overlap", "v_overlap_history",
		"source, month_start, revision, app_a, app_a_name, app_b, app_b_name, both_devices, se_both_devices, exclusive_a_ratio, se_exclusive_a_ratio, exclusive_b_ratio, se_exclusive_b_ratio, overlap_of_a_ratio, overlap_of_union_ratio, n_devices, basis, flags",
	},
	{
		"v_hourly", "v_hourly_history",
		"source, month_start, revision, app_id, app_name, network, hour, share_ratio, basis",
	},
}

func (s *site) inForceNow(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, v := range bitemporal {
		out[v.ever] = sorted(rows(t, s.db, "SELECT "+v.columns+" FROM "+v.now))
	}
	return out
}

func (s *site) asOf(t *testing.T, at string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, v := range bitemporal {
		out[v.ever] = sorted(rows(t, s.db, "SELECT "+v.columns+" FROM "+v.ever+" WHERE published_at <= ? AND (superseded_at IS NULL OR superseded_at > ?)", at, at))
	}
	return out
}

// wantFirst holds v_indicator_first against the history.
func (s *site) wantFirst(t *testing.T) {
	t.Helper()
	columns := strings.Join(s.columns(t, "v_indicator_first", nil), ", ")
	got := sorted(rows(t, s.db, "SELECT "+columns+" FROM v_indicator_first"))
	want := sorted(rows(t, s.db, "SELECT "+columns+` FROM (
		SELECT h.*, ROW_NUMBER() OVER (PARTITION BY source, month_start, indicator, app_id, dimension, member ORDER BY publication_id) AS n
		  FROM v_indicator_history h) x WHERE n = 1`))
	if got != want {
		t.Errorf("v_indicator_first is %s, the first of the history is %s", got, want)
	}
}

// wantHistoryTraced takes a superseded number of each view back to its bytes.
func (s *site) wantHistoryTraced(t *testing.T) {
	t.Helper()
	tracer := s.asking().Tracer()
	for _, v := range bitemporal {
		id := rows(t, s.db, "SELECT MIN(trace_id) FROM "+v.ever+" WHERE superseded_at IS NOT NULL")[0][0]
		if x, err := tracer.Trace(t.Context(), id); err != nil || !x.Equal {
			t.Errorf("%s of %s: equal %t, %v", id, v.ever, x.Equal, err)
		}
	}
}

// wantUnbroken wants the publications of every month to follow each other
// without gap or overlap, the last one in force.
func (s *site) wantUnbroken(t *testing.T) {
	t.Helper()
	broken := rows(t, s.db, `
		SELECT x.* FROM (
		  SELECT p.publication_id, p.published_at, p.superseded_at, c.publication_id AS in_force,
		         LEAD(p.published_at) OVER (PARTITION BY p.source, p.month_start ORDER BY p.publication_id) AS next_at
		    FROM publication p LEFT JOIN current_publication c ON c.publication_id = p.publication_id) x
		 WHERE NOT (x.superseded_at <=> x.next_at) OR x.superseded_at <= x.published_at OR (x.in_force IS NULL) = (x.next_at IS NULL)`)
	if len(broken) > 0 {
		t.Errorf("intervals that gape or overlap, or end while in force: %v", broken)
	}
	if n := rows(t, s.db, "SELECT COUNT(*) FROM publication WHERE superseded_at IS NOT NULL"); n[0][0] == "0" {
		t.Error("nothing was ever superseded")
	}
}
