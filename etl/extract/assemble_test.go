package extract_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
)

// looseIn are the terms under which the files of tests come.
func looseIn() extract.Loose {
	return extract.Loose{
		Source: "test", Vendor: "test", Product: "export", TierListYear: 2023, TGIBase: "all_network", DefinitionsVersion: "2023",
		Contracts: datasets,
	}
}

const (
	novemberApps = "应用名称,月份,月独立设备数(万台)\n闽政通,2023年11月,1826.0\n"
	decemberApps = "应用名称,月份,月独立设备数(万台)\n闽政通,2023年12月,1796.8\n浙里办,2023年12月,1624.4\n"
	decemberTop  = "序号,APP名称,月总独立设备数(万台)\n1,闽政通,1796.8\n"
)

var written = time.Date(2024, 1, 10, 8, 0, 0, 0, time.UTC)

func drop(t *testing.T, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644), os.Chtimes(path, written, written)); err != nil {
		t.Fatal(err)
	}
}

func assemble(t *testing.T, from, to string, l extract.Loose) (extract.Assembly, error) {
	t.Helper()
	a, err := extract.Assemble(t.Context(), from, to, l)
	for _, d := range a.Made {
		if err := d.Verify(t.Context()); err != nil {
			t.Error(err)
		}
	}
	return a, err
}

// briefly is month, revision and tables of what was made.
func briefly(t *testing.T, made []extract.Delivery) (out []string) {
	t.Helper()
	for _, d := range made {
		words := []string{d.Manifest.Month.String(), filepath.Base(d.Dir)}
		for _, f := range d.Manifest.Files {
			words = append(words, f.Table+"="+f.Name+f.Sheet+f.List+f.App+f.Dimension)
		}
		out = append(out, strings.Join(words, " "))
	}
	return out
}

func TestLooseFilesBecomeDeliveries(t *testing.T) {
	from, to := t.TempDir(), t.TempDir()
	drop(t, from, "APP月度数据_2023年11月.csv", novemberApps)
	drop(t, from, "2023/APP月度数据_202312.csv", decemberApps)
	drop(t, from, "TOP榜单_地方政务_2023-12.csv", decemberTop)
	drop(t, from, "readme.txt", "hello")
	drop(t, from, "APP月度数据_202312.csv.part", "half")
	drop(t, from, "~$APP月度数据_202312.xlsx", "lock")
	a, err := assemble(t, from, to, looseIn())
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"2023-11 r1 app_month=APP月度数据_2023年11月.csv",
		"2023-12 r1 app_month=APP月度数据_202312.csv top_list=TOP榜单_地方政务_2023-12.csv地方政务",
	}
	if diff := cmp.Diff(want, briefly(t, a.Made)); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
	if len(a.Others) != 1 || filepath.Base(a.Others[0]) != "readme.txt" {
		t.Errorf("others: %v", a.Others)
	}
	d := a.Made[1]
	if !d.Manifest.DeliveredAt.Equal(written) || !d.Manifest.Assembled || d.Manifest.Supersedes != 0 {
		t.Errorf("manifest: %+v", d.Manifest)
	}
	figures, err := extract.ReadAggregate(t.Context(), d, shipped, extract.Options{Contracts: datasets})
	if err != nil || len(figures.Values) != 4 || figures.Ledgers[0] != (extract.Ledger{Read: 2, Loaded: 2}) {
		t.Errorf("%d values, %v, %v", len(figures.Values), figures.Ledgers, err)
	}
}

func TestOtherBytesAreTheNextRevision(t *testing.T) {
	dir := t.TempDir() // deliveries stand beside the files they were made of
	drop(t, dir, "APP月度数据_202312.csv", decemberApps)
	for _, step := range []struct {
		name, text string
		want       []string
	}{
		{"first", decemberApps, []string{"2023-12 r1 app_month=APP月度数据_202312.csv"}},
		{"the same again", decemberApps, nil},
		{"corrected", strings.Replace(decemberApps, "1796.8", "1796.9", 1), []string{"2023-12 r2 app_month=APP月度数据_202312.csv"}},
		{"as the first", decemberApps, nil},
	} {
		drop(t, dir, "APP月度数据_202312.csv", step.text)
		a, err := assemble(t, dir, dir, looseIn())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(step.want, briefly(t, a.Made)); diff != "" {
			t.Errorf("%s: want -, got +:\n%s", step.name, diff)
		}
	}
	drop(t, dir, "TOP榜单_地方政务_2023-12.csv", decemberTop)
	l := looseIn()
	l.Newest = func(panel.Month) int { return 7 }
	a, err := assemble(t, dir, dir, l)
	if err != nil || len(a.Made) != 1 || a.Made[0].Manifest.Revision != 8 || a.Made[0].Manifest.Supersedes != 7 {
		t.Errorf("another file, revision 7 known: got %v, %v", briefly(t, a.Made), err)
	}
}

func TestFilesBeingWrittenWait(t *testing.T) {
	from, to := t.TempDir(), t.TempDir()
	drop(t, from, "APP月度数据_202311.csv", novemberApps)
	drop(t, from, "APP月度数据_202312.csv", decemberApps)
	l := looseIn()
	l.Settled = func(f fs.FileInfo) bool { return !strings.Contains(f.Name(), "202312") }
	a, err := assemble(t, from, to, l)
	if err != nil || len(a.Made) != 1 || len(a.Unsettled) != 1 {
		t.Fatalf("made %v, unsettled %v, %v", briefly(t, a.Made), a.Unsettled, err)
	}
}

// What a killed run left is taken away, and found by nobody.
func TestNothingHalfMadeIsFound(t *testing.T) {
	from, to := t.TempDir(), t.TempDir()
	drop(t, to, ".assembling/2023-12/"+extract.ManifestName, "{}")
	drop(t, to, ".assembling/2023-12/"+extract.SuccessName, "")
	if found, _, err := extract.Find("test", to); len(found) != 0 || err != nil {
		t.Errorf("found %v, %v", found, err)
	}
	if _, err := assemble(t, from, to, looseIn()); err != nil {
		t.Fatal(err)
	}
	if left, _ := os.ReadDir(to); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
}

func TestNamesThatMeanTwoThings(t *testing.T) {
	from, to := t.TempDir(), t.TempDir()
	drop(t, from, "a/APP月度数据_202312.csv", decemberApps)
	drop(t, from, "b/APP月度数据_202312.csv", novemberApps)
	drop(t, from, "APP月度数据_202311.csv", novemberApps)
	a, err := assemble(t, from, to, looseIn())
	var fault *extract.DataError
	if !errors.As(err, &fault) || !strings.Contains(err.Error(), "which of them holds") {
		t.Errorf("got %v", err)
	}
	if diff := cmp.Diff([]string{"2023-11 r1 app_month=APP月度数据_202311.csv"}, briefly(t, a.Made)); diff != "" {
		t.Errorf("the other month: want -, got +:\n%s", diff)
	}
}

func TestSheetsOfAWorkbook(t *testing.T) {
	from, to := t.TempDir(), t.TempDir()
	f := excelize.NewFile()
	must(0, f.SetSheetName("Sheet1", "月度"))
	must(f.NewSheet("画像"))
	for cell, row := range map[string][]any{"A1": {"应用名称", "月份", "月独立设备数(万台)"}, "A2": {"闽政通", "2023年12月", 1796.8}, "A3": {"合计", "", 1796.8}} {
		must(0, f.SetSheetRow("月度", cell, &row))
	}
	for cell, row := range map[string][]any{"A1": {"应用名称", "维度", "选项", "占比(%)"}, "A2": {"闽政通", "性别", "男", 51.2}} {
		must(0, f.SetSheetRow("画像", cell, &row))
	}
	book := must(f.WriteToBuffer())
	drop(t, from, "月报_202312.xlsx", book.String())
	l := looseIn()
	l.Contracts = extract.Contracts{}
	for table, sheet := range map[string]string{extract.TableAppMonth: "月度", extract.TableProfile: "画像"} {
		c := datasets[table]
		c.Files = []extract.FilePattern{{Name: "月报_{month}.xlsx", Sheet: sheet}}
		l.Contracts[table] = c
	}
	a, err := assemble(t, from, to, l)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"2023-12 r1 app_month=月报_202312.xlsx月度 profile=月报_202312.xlsx画像"}
	if diff := cmp.Diff(want, briefly(t, a.Made)); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
	figures, err := extract.ReadAggregate(t.Context(), a.Made[0], shipped, extract.Options{Contracts: l.Contracts})
	if err != nil || len(figures.Values) != 2 || figures.Values[0].Value != 17_968_000 || figures.Values[1].Value != 0.512 {
		t.Errorf("%+v, %v", figures.Values, err)
	}
}
