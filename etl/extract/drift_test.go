package extract_test

import (
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
)

// agreed are the shipped contracts with one of them changed.
func agreed(table string, change func(*extract.Contract)) extract.Contracts {
	own := maps.Clone(datasets)
	c := own[table]
	c.Columns = append([]extract.Column(nil), c.Columns...)
	change(&c)
	own[table] = c
	return own
}

// column is a column of a contract, to be changed.
func column(c *extract.Contract, name string) *extract.Column {
	for i := range c.Columns {
		if c.Columns[i].Name == name {
			return &c.Columns[i]
		}
	}
	panic("no column " + name)
}

// readTable reads one file of an aggregate delivery of December 2023.
func readTable(t *testing.T, contracts extract.Contracts, f extract.File, text string) (extract.Figures, error) {
	t.Helper()
	m, dir := soundManifest(extract.Aggregate), t.TempDir()
	f.Name, f.Rows = f.Table+".csv", strings.Count(text, "\n")-1
	m.Files = []extract.File{f}
	if err := extract.WriteDelivery(dir, m, [][]byte{[]byte(text)}); err != nil {
		t.Fatal(err)
	}
	found, _, err := extract.Find("test", dir)
	if err != nil {
		t.Fatal(err)
	}
	return extract.ReadAggregate(t.Context(), found[0], shipped, extract.Options{Contracts: contracts})
}

// account is what became of the rows, and what was noted.
func account(f extract.Figures, err error) string {
	if err != nil {
		return err.Error()
	}
	var b strings.Builder
	l := f.Ledgers[0]
	fmt.Fprintf(&b, "%d values, loaded %d, rejected %d, ignored %d", len(f.Values), l.Loaded, l.Rejected, l.Ignored)
	for _, n := range f.Notes {
		fmt.Fprintf(&b, "; %s %s %q x%d", n.Rule, n.Column, n.Raw, n.Rows)
	}
	return b.String()
}

func TestVerdictsOnDrift(t *testing.T) {
	const (
		sound    = "应用名称,月份,月独立设备数(万台),日均独立设备数(万台)\n闽政通,202312,1796.8,12\n"
		renamed  = "应用名称,月份,月独立设备数(万台),日均独立设备(万台)\n闽政通,202312,1796.8,12\n"
		added    = "应用名称,月份,月独立设备数(万台),启动渠道\n闽政通,202312,1796.8,桌面\n"
		stranger = "应用名称,月份,月独立设备数(万台)\n闽政通,202312,1796.8\n甲乙丙,202312,1\n闽政,202312,1\n甲乙丙,202312,2\n"
	)
	for _, c := range []struct {
		name, text, want string
		change           func(*extract.Drift)
	}{
		{"as agreed", sound, "2 values, loaded 1, rejected 0, ignored 0", func(*extract.Drift) {}},
		{"renamed: fail", renamed, `app_month.csv: line 1: column 日均独立设备(万台): is not in the contract of app_month, which has 应用名称, 一级分类, 二级分类, 月份, 月独立设备数, 环比增幅, 日均独立设备数, 月度总有效时长, 月总使用次数, 单机单日使用次数, 单机单日有效时间; did you mean "日均独立设备数"?`, func(*extract.Drift) {}},
		{"renamed: warn", renamed, `2 values, loaded 1, rejected 0, ignored 0; renamed_column 日均独立设备(万台) "" x0`, func(d *extract.Drift) { d.Renamed = extract.Warn }},
		{"renamed: ignore", renamed, `2 values, loaded 1, rejected 0, ignored 0`, func(d *extract.Drift) { d.Renamed = extract.Ignore }},
		{"new column: fail", added, "app_month.csv: line 1: column 启动渠道: is not in the contract", func(*extract.Drift) {}},
		{"new column: warn", added, `1 values, loaded 1, rejected 0, ignored 0; new_column 启动渠道 "" x0`, func(d *extract.Drift) { d.NewColumn = extract.Warn }},
		{"new column: ignore", added, `1 values, loaded 1, rejected 0, ignored 0`, func(d *extract.Drift) { d.NewColumn = extract.Ignore }},
		{"unknown app: warn", stranger, `1 values, loaded 1, rejected 3, ignored 0; unknown_app 应用名称 "甲乙丙" x2; unknown_app 应用名称 "闽政" x1`, func(*extract.Drift) {}},
		{"unknown app: ignore", stranger, `1 values, loaded 1, rejected 0, ignored 3`, func(d *extract.Drift) { d.UnknownApp = extract.Ignore }},
		{"unknown app: fail", stranger, `app_month.csv: line 3: column 应用名称: "甲乙丙": not in the catalogue; add it or an alias to apps.yaml; the contract of this table lets nothing pass that it does not know`, func(d *extract.Drift) { d.UnknownApp = extract.Fail }},
	} {
		t.Run(c.name, func(t *testing.T) {
			contracts := agreed(extract.TableAppMonth, func(x *extract.Contract) { c.change(&x.Drift) })
			got := account(readTable(t, contracts, extract.File{Table: extract.TableAppMonth}, c.text))
			if !strings.HasPrefix(got, c.want) {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestVerdictsOnColumnsAndMembers(t *testing.T) {
	const (
		without = "应用名称,月份,环比增幅(%)\n闽政通,202312,-1.6\n"
		members = "选项,占比(%)\n男,60\n猫,40\n"
		gender  = `profile.csv: line 3: column 选项: "猫": not a member of gender; the contract`
	)
	profile := extract.File{Table: extract.TableProfile, App: "闽政通", Dimension: "性别"}
	month := extract.File{Table: extract.TableAppMonth}
	for _, c := range []struct {
		name   string
		file   extract.File
		text   string
		change func(*extract.Contract)
		want   string
	}{
		{"missing: fail", month, without, func(*extract.Contract) {}, "app_month.csv: line 1: column devices: is missing; app_month needs it"},
		{"missing: warn", month, without, func(c *extract.Contract) { c.Drift.Missing = extract.Warn }, `1 values, loaded 1, rejected 0, ignored 0; missing_column devices "" x0`},
		{"missing: ignore", month, without, func(c *extract.Contract) { c.Drift.Missing = extract.Ignore }, `1 values, loaded 1, rejected 0, ignored 0`},
		{"optional", month, without, func(c *extract.Contract) { column(c, "devices").Optional = true }, `1 values, loaded 1, rejected 0, ignored 0`},
		{"what it cannot do without", month, "月份,月独立设备数\n202312,5\n", func(c *extract.Contract) { c.Drift.Missing = extract.Ignore }, "app_month.csv: line 1: column app: is missing"},
		{"new member: warn", profile, members, func(*extract.Contract) {}, "1 values, loaded 1, rejected 1, ignored 0"},
		{"new member: ignore", profile, members, func(c *extract.Contract) { c.Drift.NewMember = extract.Ignore }, "1 values, loaded 1, rejected 0, ignored 1"},
		{"new member: fail", profile, members, func(c *extract.Contract) { c.Drift.NewMember = extract.Fail }, gender},
		{"not nullable", month, "应用名称,月份,月独立设备数\n闽政通,202312,—\n浙里办,202312,5\n", func(c *extract.Contract) { column(c, "devices").Nullable = false }, "1 values, loaded 1, rejected 1, ignored 0"},
		{"nullable", month, "应用名称,月份,月独立设备数\n闽政通,202312,—\n浙里办,202312,5\n", func(*extract.Contract) {}, "1 values, loaded 2, rejected 0, ignored 0"},
		{"members of a contract", month, "应用名称,一级分类,月份,月独立设备数\n闽政通,政务,202312,1\n浙里办,政物,202312,5\n", func(c *extract.Contract) { column(c, "category_l1").Members = []string{"政务"} }, "1 values, loaded 1, rejected 1, ignored 0"},
		{"running numbers", month, "应用名称,月份,月独立设备数\n闽政通,60,1\n浙里办,59,5\n", func(c *extract.Contract) {
			c.MonthIDs = map[int]panel.Month{59: panel.MustMonth("2023-11"), 60: panel.MustMonth("2023-12")}
		}, "1 values, loaded 1, rejected 1, ignored 0"},
		{"dates from 1904", month, "应用名称,月份,月独立设备数\n闽政通,43799,1\n浙里办,45261,5\n", func(c *extract.Contract) { c.DateSystem = 1904 }, "1 values, loaded 1, rejected 1, ignored 0"},
		{
			"ratios under percent", month, "应用名称,月份,月独立设备数,环比增幅(%)\n闽政通,202312,1,0.011\n浙里办,202312,1,-0.02\n网上国网,202312,1,0.03\n云闪付,202312,1,0.04\n支付宝,202312,1,0.05\n个税,202312,1,0\n", func(*extract.Contract) {},
			`12 values, loaded 6, rejected 0, ignored 0; ratio_or_percent 环比增幅(%) "" x0`,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := account(readTable(t, agreed(c.file.Table, c.change), c.file, c.text))
			if !strings.HasPrefix(got, c.want) {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// Microdata drift alike, whether rows are read one by one or in blocks.
func TestMicrodataDrift(t *testing.T) {
	devices := "device_id,weight,gender,星座\nd1,5000,男,白羊\nd2,5000,女,金牛\n"
	usage := "device_id,app_id,active_days,uses,seconds\nd1,个税,1,1,60\nd2,nobody,1,1,60\nd1,geshui,1,1,60\n"
	m, dir := soundManifest(extract.Microdata), t.TempDir()
	m.Files = []extract.File{{Name: "devices.csv", Table: extract.TableDevices, Rows: 2}, {Name: "usage.csv", Table: extract.TableUsage, Rows: 3}}
	if err := extract.WriteDelivery(dir, m, [][]byte{[]byte(devices), []byte(usage)}); err != nil {
		t.Fatal(err)
	}
	d := extract.Delivery{Dir: dir, Manifest: m}
	contracts := agreed(extract.TableDevices, func(c *extract.Contract) { c.Drift.NewColumn = extract.Warn })
	p, err := extract.ReadPanel(t.Context(), d, shipped, extract.Options{Contracts: contracts})
	if err != nil {
		t.Fatal(err)
	}
	want := []extract.Note{
		{File: 0, Column: "星座", Rule: "new_column", Text: "is not in the contract and was passed over; add it, or ask the vendor what it is"},
		{File: 1, Line: 3, Column: "app_id", Raw: "nobody", Rule: "unknown_app", Rows: 1, Text: "not in the catalogue; add it or an alias to apps.yaml"},
	}
	if diff := cmp.Diff(want, p.Notes); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
	if got := (extract.Ledger{Read: 3, Loaded: 1, Rejected: 1, Ignored: 1}); p.Ledgers[1] != got {
		t.Errorf("an app by its alias and by its id is one app: %+v", p.Ledgers[1])
	}
	_, err = extract.ReadPanel(t.Context(), d, shipped, extract.Options{Contracts: datasets})
	var fault *extract.DataError
	if !errors.As(err, &fault) || fault.Column != "星座" {
		t.Errorf("new_column: fail: got %v", err)
	}
}
