package jobs_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"panelwatch/etl/extract"
	"panelwatch/etl/identities"
	"panelwatch/jobs"
)

// The report's two province tables cannot share a base of TGI: they are noted
// and published. Nothing else of the sample is odd.
func TestReportTablesConflictAndArePublished(t *testing.T) {
	got := rows(t, loaded(t).db, `
		SELECT e.source, e.month_start, f.name, n.rule, n.raw_value, n.message
		  FROM etl_note n
		  JOIN etl_extract e ON e.extract_id = n.extract_id
		  JOIN etl_file f ON f.extract_id = n.extract_id AND f.position = n.file_position
		 ORDER BY e.month_start, n.seq`)
	for _, r := range got {
		r[1] = r[1][:7]
	}
	want := [][]string{
		{
			"vendor", "2023-12", "unionpay_top15_provinces_2023_12.csv", "tgi_base_conflict", "yunshanfu",
			"TGI by province of yunshanfu and of jiaoguan12123 cannot have one base: devices over TGI of the one are 0.552 times those of the other in 江苏, 1.303 times in 新疆",
		},
		{
			"vendor", "2023-12", "state_grid_top5_provinces_2023_12.csv", "tgi_base_conflict", "wangshangguowang",
			"TGI by province of wangshangguowang and of yunshanfu cannot have one base: devices over TGI of the one are 0.402 times those of the other in 河南, 0.697 times in 山东",
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("notes, want (-), got (+):\n%s", diff)
	}
}

// An identity with the verdict fail refuses the delivery, with one of note it
// is published.
func TestIdentityThatFails(t *testing.T) {
	for verdict, want := range map[identities.Verdict]string{identities.Fail: jobs.Refused, identities.Note: jobs.Published} {
		t.Run(string(verdict), func(t *testing.T) {
			s := newSite(t)
			s.config.Quality.Identities[identities.MembersTotal] = verdict
			s.write(t, "2023-10", "2023-11")
			s.mustRun(t)
			s.revise(t, "2023-11", "r2", 2, func(app string, devices *string) {
				if app == "个人所得税" {
					*devices = "9999.9"
				}
			})
			summary, err := s.run(t)
			if len(summary.Steps) != 1 || summary.Steps[0].Action != want {
				t.Errorf("steps %+v, want one %s", summary.Steps, want)
			}
			var fault *extract.DataError
			if refused := errors.As(err, &fault); refused != (verdict == identities.Fail) {
				t.Fatalf("error %v", err)
			}
			if fault != nil && (fault.Line == 0 || !strings.Contains(fault.Msg, "geshui sum to ")) {
				t.Errorf("%v does not say where", fault)
			}
		})
	}
}
