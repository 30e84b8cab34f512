package extract_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
)

const soundSHA = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

func microManifest() extract.Manifest {
	m := soundManifest(extract.Microdata)
	m.Files = []extract.File{
		{Name: "devices.csv", Table: extract.TableDevices, SHA256: soundSHA},
		{Name: "usage.csv", Table: extract.TableUsage, SHA256: soundSHA},
	}
	return m
}

func TestManifestValues(t *testing.T) {
	for want, change := range map[string]func(*extract.Manifest){
		"":                       func(*extract.Manifest) {},
		`kind "table"`:           func(m *extract.Manifest) { m.Kind = "table" },
		"vendor is missing":      func(m *extract.Manifest) { m.Vendor = "" },
		"product is missing":     func(m *extract.Manifest) { m.Product = "" },
		"revision 0":             func(m *extract.Manifest) { m.Revision = 0 },
		"supersedes 1":           func(m *extract.Manifest) { m.Supersedes = 1 },
		"delivered_at":           func(m *extract.Manifest) { m.DeliveredAt = time.Time{} },
		`encoding "latin1"`:      func(m *extract.Manifest) { m.Encoding = "latin1" },
		`usage_grain "week"`:     func(m *extract.Manifest) { m.UsageGrain = "week" },
		"universe_wan":           func(m *extract.Manifest) { m.UniverseWan = 0 },
		"n_devices":              func(m *extract.Manifest) { m.NDevices = -1 },
		"panel_size and deff":    func(m *extract.Manifest) { m.PanelSize = 100 },
		"tier_list_year 0":       func(m *extract.Manifest) { m.TierListYear = 0 },
		"tgi_base":               func(m *extract.Manifest) { m.TGIBase = "" },
		"definitions_version":    func(m *extract.Manifest) { m.DefinitionsVersion = "" },
		"files is empty":         func(m *extract.Manifest) { m.Files = nil },
		"used twice":             func(m *extract.Manifest) { m.Files[1].Name = m.Files[0].Name },
		`name "../usage.csv"`:    func(m *extract.Manifest) { m.Files[1].Name = "../usage.csv" },
		`name "a\\b.csv"`:        func(m *extract.Manifest) { m.Files[1].Name = `a\b.csv` },
		`name "_SUCCESS"`:        func(m *extract.Manifest) { m.Files[1].Name = extract.SuccessName },
		`did you mean "usage"?`:  func(m *extract.Manifest) { m.Files[1].Table = "usages" },
		`table "app_month"`:      func(m *extract.Manifest) { m.Files[1].Table = extract.TableAppMonth },
		"rows and bytes":         func(m *extract.Manifest) { m.Files[1].Rows = -1 },
		`sha256 "abc"`:           func(m *extract.Manifest) { m.Files[1].SHA256 = "abc" },
		"need devices and usage": func(m *extract.Manifest) { m.Files = m.Files[:1] },
		"an aggregate extract has none": func(m *extract.Manifest) {
			m.Kind, m.Files = extract.Aggregate, []extract.File{{Name: "a.csv", Table: extract.TableAppMonth, SHA256: soundSHA}}
		},
		"list is missing": func(m *extract.Manifest) {
			m.Kind, m.UsageGrain = extract.Aggregate, ""
			m.Files = []extract.File{{Name: "a.csv", Table: extract.TableTopList, SHA256: soundSHA}}
		},
	} {
		m := microManifest()
		change(&m)
		text, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		_, err = extract.ParseManifest("manifest.json", text)
		var fault *extract.DataError
		switch {
		case want == "" && err != nil:
			t.Errorf("a sound manifest is refused: %v", err)
		case want != "" && (!errors.As(err, &fault) || !strings.Contains(fault.Msg, want)):
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

func TestManifestText(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"{\n  \"vendor\": \"x\",\n  \"revison\": 1\n}", `manifest.json: line 3: column 3: unknown field "revison"; did you mean "revision"?`},
		{"{\n  \"vendor\": 1\n}", "manifest.json: line 2: column 13: vendor is a number, want string"},
		{"{\n  \"供应商\": 1,, \n}", "manifest.json: line 2: column 12: invalid character ',' looking for beginning of object key string"},
		{"{\n  \"extract_month\": \"2023-13\"\n}", `manifest.json: line 2: column 3: month "2023-13": want YYYY-MM, such as 2023-09`},
		{"{\"delivered_at\": \"yesterday\"}", "manifest.json: line 1: column 2: delivered_at yesterday: want a time such as 2024-01-12T09:30:00+08:00"},
		{"{\"vendor\": \"x\"", "manifest.json: line 1: column 15: the text ends before the manifest does; fetch it again"},
		{"", "manifest.json: line 1: column 1: the text ends before the manifest does; fetch it again"},
		{"{}\n{}", "manifest.json: line 2: column 2: text after the manifest's closing brace"},
		{"{\"kind\": \"aggregate\"}", "manifest.json: vendor is missing"},
	} {
		_, err := extract.ParseManifest("manifest.json", []byte(c.text))
		if err == nil || err.Error() != c.want {
			t.Errorf("%q:\n got %v\nwant %s", c.text, err, c.want)
		}
	}
}

func TestManifestWithByteOrderMark(t *testing.T) {
	text, err := json.Marshal(microManifest())
	if err != nil {
		t.Fatal(err)
	}
	m, err := extract.ParseManifest("manifest.json", append([]byte("\xef\xbb\xbf"), text...))
	if err != nil || m.Month != panel.MustMonth("2023-12") {
		t.Errorf("got %v, %v", m.Month, err)
	}
}
