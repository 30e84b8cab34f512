package jobs_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"panelwatch/alerts"
	"panelwatch/jobs"
)

// A digest goes to every channel, to that of a quiet route only when it
// says something.
func TestEveryRouteHasItsDigest(t *testing.T) {
	s := newSite(t)
	s.config.Slack.Routes = []alerts.Route{
		{Channel: "C0ALL"},
		{Channel: "C0GOV", Language: "en", Categories: []string{"地方政务"}, Rules: []string{"rank_change"}},
		{Channel: "C0NONE", Rules: []string{"restated"}, Severity: alerts.High},
		{Channel: "C0QUIET", Rules: []string{"restated"}, Severity: alerts.High, Quiet: true},
	}
	s.write(t, "2022-06", "2023-09")
	if _, err := s.runWith(t, jobs.Options{}); err != nil {
		t.Fatal(err)
	}
	rows, err := s.db.Query("SELECT channel, MIN(kind), COUNT(*) > 1 FROM message WHERE channel <> 'C0ALL' GROUP BY channel, kind ORDER BY channel, kind")
	must(t, err)
	defer rows.Close()
	var got []string
	for rows.Next() {
		var channel, kind string
		var many bool
		must(t, rows.Scan(&channel, &kind, &many))
		got = append(got, channel+" "+kind)
	}
	must(t, rows.Err())
	if diff := cmp.Diff([]string{"C0GOV detail", "C0GOV digest", "C0NONE digest"}, got); diff != "" {
		t.Errorf("messages (-want +got):\n%s", diff)
	}
}
