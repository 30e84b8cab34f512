package jobs_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"panelwatch/etl/extract"
)

// appMonth is the vendor's table of apps, and the columns that tests change.
const (
	appMonth      = "app_month.csv"
	columnApp     = "应用名称"
	columnDevices = "月独立设备数(万台)"
)

// folder is where a revision of a vendor's month lies.
func (s *site) folder(month, revision string) string {
	return filepath.Join(s.inbox, "vendor", month, revision)
}

// revise writes revision n of a month into a folder: the first one with its
// table of apps changed by edit, which is shown every row.
func (s *site) revise(t *testing.T, month, folder string, n int, edit func(app string, devices *string)) {
	t.Helper()
	d := s.delivery(t, month)
	m := d.Manifest
	m.Revision, m.Supersedes, m.DeliveredAt = n, n-1, m.DeliveredAt.AddDate(0, n-1, 0)
	var contents [][]byte
	for _, f := range m.Files {
		content, err := os.ReadFile(filepath.Join(d.Dir, f.Name))
		must(t, err)
		if f.Name == appMonth {
			content = edited(t, content, edit)
		}
		contents = append(contents, content)
	}
	must(t, extract.WriteDelivery(s.folder(month, folder), m, contents))
}

// delivery is the first revision of a vendor's month.
func (s *site) delivery(t *testing.T, month string) extract.Delivery {
	t.Helper()
	found, _, err := extract.Find("vendor", s.folder(month, "r1"))
	must(t, err)
	if len(found) != 1 {
		t.Fatalf("%d deliveries in %s, want 1", len(found), s.folder(month, "r1"))
	}
	return found[0]
}

func edited(t *testing.T, content []byte, edit func(app string, devices *string)) []byte {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
	must(t, err)
	app, devices := slices.Index(rows[0], columnApp), slices.Index(rows[0], columnDevices)
	for _, r := range rows[1:] {
		edit(r[app], &r[devices])
	}
	var out bytes.Buffer
	must(t, csv.NewWriter(&out).WriteAll(rows))
	return out.Bytes()
}
