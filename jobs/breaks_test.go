package jobs_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"panelwatch/etl/extract"
	"panelwatch/etl/identities"
	"panelwatch/etl/panel"
)

// redeclare changes what the manifest of a vendor's month says.
func (s *site) redeclare(t *testing.T, month string, edit func(*extract.Manifest)) {
	t.Helper()
	d := s.delivery(t, month)
	m := d.Manifest
	var contents [][]byte
	for _, f := range m.Files {
		content, err := os.ReadFile(filepath.Join(d.Dir, f.Name))
		must(t, err)
		contents = append(contents, content)
	}
	edit(&m)
	must(t, os.RemoveAll(d.Dir))
	must(t, extract.WriteDelivery(d.Dir, m, contents))
}

// dataFindings are the findings about sources, and how many of each verdict
// there are about apps that month.
func (s *site) dataFindings(t *testing.T, month string) (out []string) {
	t.Helper()
	for _, r := range rows(t, s.db, `
		SELECT verdict, rule, also, subject_name, text_zh FROM v_finding
		 WHERE month_start = ? AND source <> '' ORDER BY seq`, month+"-01") {
		out = append(out, fmt.Sprint(r))
	}
	for _, r := range rows(t, s.db, `
		SELECT COUNT(*) FROM v_finding WHERE month_start = ? AND source = '' AND verdict IN ('fired', 'expected', 'noise')`, month+"-01") {
		out = append(out, "told or noise: "+r[0])
	}
	return out
}

// A month whose panel or definitions are others holds back what its apps would
// have been told of, and is one finding; the month before is judged.
func TestBrokenMonthIsOneFinding(t *testing.T) {
	s := newSite(t)
	s.write(t, "2022-10", "2023-05")
	half := func(m *extract.Manifest) { m.PanelSize /= 2 }
	s.redeclare(t, "2023-03", half)
	s.redeclare(t, "2023-04", half)
	s.redeclare(t, "2023-05", func(m *extract.Manifest) { half(m); m.DefinitionsVersion, m.Vendor = "neu", "乙" })
	s.mustRun(t)
	if got := s.dataFindings(t, "2023-02"); len(got) != 1 || got[0] == "told or noise: 0" {
		t.Errorf("before the break: %v", got)
	}
	broken := "[fired panel_break  vendor 数据源 vendor 2023-03，样本量由 2023-02 的 600.0万台 变为 300.0万台（-50.0%），此前每月变动不超过 0.0%；当月另有 "
	if got := s.dataFindings(t, "2023-03"); len(got) != 2 || !strings.HasPrefix(got[0], broken) || got[1] != "told or noise: 0" {
		t.Errorf("in the month: %v\nwant %s", got, broken)
	}
	if got := s.dataFindings(t, "2023-04"); len(got) != 1 || got[0] == "told or noise: 0" {
		t.Errorf("the month after: %v", got)
	}
	want := []string{
		"[fired terms_changed  vendor 数据源 vendor 2023-05，2023-05 起供应商由 示例厂商 Sample Vendor 改为 乙，此前不可比；2023-05 起口径由 sample-1 改为 neu，此前不可比；当月另有 2 项结论因此不予告知]",
		"told or noise: 0",
	}
	if diff := cmp.Diff(want, s.dataFindings(t, "2023-05")); diff != "" {
		t.Errorf("other terms, want (-), got (+):\n%s", diff)
	}
}

// panelOf is a month of microdata with so many devices.
func (s *site) panelOf(t *testing.T, m string, n int) {
	t.Helper()
	devices, usage := bytes.NewBufferString("device_id,weight,gender\n"), bytes.NewBufferString("device_id,app_id,active_days,uses,seconds\n")
	for i := range n {
		fmt.Fprintf(devices, "%016x,%v,%s\n", i, 1e6/float64(n), []string{"男", "女"}[i%2])
		fmt.Fprintf(usage, "%016x,yunshanfu,%d,40,600\n", i, 1+i%28)
	}
	must(t, extract.WriteDelivery(filepath.Join(s.inbox, "panel", m, "r1"), extract.Manifest{
		Vendor: "示例", Product: "people", Kind: extract.Microdata, Month: month(m), Revision: 1, UsageGrain: "month",
		DeliveredAt: month(m).Start().AddDate(0, 1, 9), UniverseWan: 100, TierListYear: 2023, TGIBase: "全网", DefinitionsVersion: "1",
		Files: []extract.File{{Name: "devices.csv", Table: extract.TableDevices, Rows: n}, {Name: "usage.csv", Table: extract.TableUsage, Rows: n}},
	}, [][]byte{devices.Bytes(), usage.Bytes()}))
}

// The size of a sample of microdata is that of its devices, counted.
func TestHalfAPanelIsFound(t *testing.T) {
	s := newSite(t)
	s.config.Primary.Apps = map[panel.AppID]string{"yunshanfu": "panel"}
	for m, n := range map[string]int{"2023-10": 1000, "2023-11": 1020, "2023-12": 500} {
		s.panelOf(t, m, n)
	}
	s.mustRun(t)
	want := []string{
		"[fired panel_break  panel 数据源 panel 2023-12，样本量由 2023-11 的 1020台 变为 500台（-51.0%），此前每月变动不超过 2.0%]",
		"told or noise: 0",
	}
	if diff := cmp.Diff(want, s.dataFindings(t, "2023-12")); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
	if got := s.dataFindings(t, "2023-11"); len(got) != 1 {
		t.Errorf("before: %v", got)
	}
}

// A contradiction that was let in with a note holds back the app that it is
// about; the finding names the identity.
func TestContradictionHoldsBackItsApp(t *testing.T) {
	s := newSite(t)
	s.config.Quality.Identities[identities.MembersTotal] = identities.Note
	s.write(t, "2023-10", "2023-11")
	s.mustRun(t)
	s.revise(t, "2023-11", "r2", 2, func(app string, devices *string) {
		if app == "个人所得税" {
			*devices = "9999.9"
		}
	})
	s.mustRun(t)
	got := s.dataFindings(t, "2023-11")
	want := "[fired identity_failed  vendor 数据源 vendor 2023-11，交付的数不自洽（members_total ×4），所涉 1 个应用（共 36 个）的结论暂不采信]"
	if len(got) != 2 || got[0] != want {
		t.Errorf("got  %v\nwant %s", got, want)
	}
}
