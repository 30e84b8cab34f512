package jobs

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"panelwatch/alerts"
	"panelwatch/configs"
	"panelwatch/etl/panel"
	"panelwatch/sql/warehouse"
)

// The number is of the app's primary source and of its own month, which may
// be an earlier one than that of the finding.
func TestCiteChoosesSourceAndMonth(t *testing.T) {
	june, may := panel.MustMonth("2023-06"), panel.MustMonth("2023-05")
	in := func(id int64) warehouse.Issue { return warehouse.Issue{PublicationID: id} }
	primary := configs.Primary{Default: "vendor", Apps: map[panel.AppID]string{"gov": "panel", "lost": "nowhere"}}
	r := &run{
		Job: Job{Config: &configs.Config{Settings: configs.Settings{Primary: primary}}},
		sources: []*source{
			{name: "panel", inForce: map[panel.Month]warehouse.Issue{june: in(4)}},
			{name: "vendor", inForce: map[panel.Month]warehouse.Issue{may: in(2), june: in(3)}},
		},
	}
	about := func(app panel.AppID, indicator string, of panel.Month) alerts.Finding {
		return alerts.Finding{Month: june, Subject: alerts.Subject{App: app, List: "政务", Segment: panel.All}, Indicator: indicator, Of: of}
	}
	findings := []alerts.Finding{
		about("rail", "mud", 0), about("gov", "mud", 0), about("rail", "mud", may), about("gov", "rank", 0),
		about("rail", "", 0), about("", "mud", 0), about("lost", "mud", 0), about("gov", "mud", may),
	}
	r.cite(findings)
	var got []string
	for _, f := range findings {
		publication, _, _ := strings.Cut(f.TraceID, "-")
		got = append(got, fmt.Sprintf("%s %t", publication, strings.Contains(f.Query, "publication_id = "+publication+" ") && strings.Contains(f.Query, "v_rank") == (f.Indicator == alerts.Rank)))
	}
	if diff := cmp.Diff([]string{"3 true", "4 true", "2 true", "4 true", " false", " false", " false", " false"}, got); diff != "" {
		t.Errorf("publication, and whether the query fits; want (-), got (+):\n%s", diff)
	}
}
