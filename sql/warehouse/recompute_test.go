package warehouse

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"panelwatch/etl/indicator"
	"panelwatch/etl/panel"
)

// under are the formulas with one setting changed.
func under(change func(*indicator.Settings)) (Formulas, Distant) {
	s := settingsOfTest()
	change(&s)
	return func(h indicator.History, m panel.Month) indicator.Results { return indicator.Month(h, m, s) },
		func(h indicator.History, m panel.Month) []indicator.Row { return indicator.Distant(h, m, s) }
}

// recomputed computes the last month anew for a reason, and says whether it
// was published.
func recomputed(t *testing.T, w *Warehouse, l *Lease, m delivered, why string, f Formulas, d Distant) bool {
	t.Helper()
	issues, err := w.Current(t.Context(), m.publication.Source)
	if err != nil {
		t.Fatal(err)
	}
	m.publication.InputsHash, m.publication.Settings = hashOf(why), hashOf(why)
	published, err := w.Recompute(t.Context(), l, m.publication, issues[len(issues)-1], f, d)
	if err != nil {
		t.Fatal(err)
	}
	return published
}

// A month that comes out the same is not published; one that does not goes on
// pointing at its facts.
func TestRecomputePublishesWhatMoved(t *testing.T) {
	w := newHouse(t)
	l := claimed(t, w)
	writeCatalogue(t, w, l, "panel")
	m := panelMonth("2023-02")
	publishAll(t, w, l, panelMonth("2022-12"), panelMonth("2023-01"), m)
	same, sameDistant := under(func(*indicator.Settings) {})
	before := contents(t, w)
	for range 2 {
		if recomputed(t, w, l, m, "settings that change nothing", same, sameDistant) {
			t.Error("published without a result that moved")
		}
	}
	if got := one(t, w, "SELECT inputs_hash FROM publication WHERE publication_id = 3"); got != hashOf("settings that change nothing") {
		t.Errorf("inputs of the publication in force %s, want those that it was found to follow from", got)
	}
	after := contents(t, w)
	for _, table := range []string{"publication", "job_lease"} {
		delete(before, table)
		delete(after, table)
	}
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("rows (-before +after):\n%s", diff)
	}
	for range 2 { // the second time from facts of another publication
		fewer, fewerDistant := under(func(s *indicator.Settings) { s.MinDevices = 1e6 })
		if !recomputed(t, w, l, m, "every level flagged", fewer, fewerDistant) || recomputed(t, w, l, m, "the same again", fewer, fewerDistant) {
			t.Error("want it published once")
		}
		if !recomputed(t, w, l, m, "back", same, sameDistant) {
			t.Error("not published, though every flag moved")
		}
	}
	if n := one(t, w, "SELECT COUNT(DISTINCT publication_id) FROM panel_estimate"); n != "3" {
		t.Errorf("facts of %s publications, want 3: recomputing copies none", n)
	}
	hashes := read(t, w, "SELECT DISTINCT results_hash FROM publication WHERE month_start = '2023-02-01'")
	if len(hashes) != 2 {
		t.Errorf("hashes of two kinds of results: %q", hashes)
	}
}

// A correction of a month long before that moves no total: months after it are
// not read in full to find that out. One of the month before is.
func TestRecomputeReadsInFullWhatIsCompared(t *testing.T) {
	w := newHouse(t)
	l := claimed(t, w)
	writeCatalogue(t, w, l, "panel")
	m := panelMonth("2023-02")
	publishAll(t, w, l, panelMonth("2022-10"), panelMonth("2023-01"), m)
	_, distant := under(func(*indicator.Settings) {})
	for _, c := range []struct {
		corrected string
		inFull    bool
	}{{"2022-10", false}, {"2023-01", true}} {
		publishAll(t, w, l, panelMonth(c.corrected).revision(2))
		issues, err := w.Current(t.Context(), "panel")
		if err != nil {
			t.Fatal(err)
		}
		inFull := false
		watched := func(h indicator.History, month panel.Month) indicator.Results {
			inFull = true
			return theFormulas(h, month)
		}
		m.publication.InputsHash = hashOf(c.corrected)
		published, err := w.Recompute(t.Context(), l, m.publication, issues[2], watched, distant)
		if err != nil || published || inFull != c.inFull {
			t.Errorf("%s corrected: published %t, read in full %t, %v; want not published, read in full %t", c.corrected, published, inFull, err, c.inFull)
		}
	}
}

// A publication begins where the one before it ends, by whatever clock.
func TestPublicationsFollowEachOtherWithoutGaps(t *testing.T) {
	w := newHouse(t)
	l := claimed(t, w)
	clock := time.Date(2024, 1, 12, 1, 0, 0, 999, time.UTC)
	w.now = func() time.Time { return clock }
	m := vendorMonth("2023-02")
	for n, ahead := range []time.Duration{0, time.Hour, -30 * time.Minute, 0} { // it is set back, and then stands still
		clock = clock.Add(ahead)
		publishAll(t, w, l, m.revision(n+1))
	}
	want := []string{
		`"1" "2024-01-12 01:00:00.000000" "2024-01-12 02:00:00.000000"`,
		`"2" "2024-01-12 02:00:00.000000" "2024-01-12 02:00:00.000001"`,
		`"3" "2024-01-12 02:00:00.000001" "2024-01-12 02:00:00.000002"`,
		`"4" "2024-01-12 02:00:00.000002" NULL`,
	}
	got := read(t, w, "SELECT revision, CAST(published_at AS CHAR), CAST(superseded_at AS CHAR) FROM publication ORDER BY publication_id")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
