package configs_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"panelwatch/configs"
	"panelwatch/etl/extract"
)

func TestShippedDatasets(t *testing.T) {
	contracts, err := configs.Datasets(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range extract.TableNames() {
		for _, c := range contracts[table].Columns {
			if c.Comment.Zh == "" || c.Comment.En == "" {
				t.Errorf("%s.%s has no comment in one of the languages", table, c.Name)
			}
		}
	}
}

// A fault is named with its line and column, and what may have been meant.
func TestFaultsOfDatasetsAreNamed(t *testing.T) {
	for _, c := range []struct{ name, table, line, instead, want string }{
		{"unknown key", "app_month", "    nullable: true", "    nulable: true", `datasets/app_month.yaml:35:5: unknown field "nulable"; did you mean "nullable"?`},
		{"unknown column", "app_month", "name: dau_avg", "name: dau_agv", `datasets/app_month.yaml:65:11: column dau_agv: app_month has none of that name; did you mean "dau_avg"?`},
		{"unknown type", "app_month", "type: hours", "type: hour", `no type "hour"; did you mean "hours"?`},
		{"type of another column", "app_month", "type: hours", "type: minutes", "column total_hours: is of type hours, not minutes"},
		{"unit", "app_month", "unit: 万小时", "unit: 万台", `unit "万台" is not a unit of hours: want 万小时 亿小时 小时`},
		{"unit of text", "top_list", "    comment: {zh: 所属地区，不入库, en: not stored}", "    comment: {zh: 所属地区，不入库, en: not stored}\n    unit: 台", "column region: text has no unit"},
		{"verdict", "app_month", "renamed: fail", "renamed: fial", `renamed: "fial" is not a verdict: want fail, warn or ignore; did you mean "fail"?`},
		{"header of two columns", "app_month", "zh: [日均独立设备数]", "zh: [月独立设备数]", `header "月独立设备数" is empty, or a header of devices too`},
		{"needed column left open", "top_list", "    zh: [序号]", "    zh: [序号]\n    optional: true", "column position: top_list cannot be read without it"},
		{"key", "app_month", "key: true\n  - name: category_l1", "\n  - name: category_l1", "column app: the key of app_month is app, month: key is true here"},
		{"limits", "app_month", "max: 1440", "max: 1440\n    min: 1441", "min 1441 is above max 1440"},
		{"another table", "app_month", "table: app_month", "table: profile", `datasets/app_month.yaml:5:8: table is "profile", the file's name says "app_month"`},
		{"members of the catalogue", "app_month", "comment: {zh: 应用名称或别名, en: name or alias of the app}", "comment: {zh: a, en: a}\n    members: [a]", "its members are those of the catalogue"},
		{"nullability of microdata", "usage", "    comment: {zh: 使用次数, en: times it was used}", "    comment: {zh: 使用次数, en: times it was used}\n    nullable: true", "column uses: nullable is fixed: false"},
		{"limits of microdata", "usage", "    comment: {zh: 使用次数, en: times it was used}", "    comment: {zh: 使用次数, en: times it was used}\n    max: 5", "min, max and members of microdata are fixed"},
		{"pattern without month", "app_month", `{name: "APP月度数据_{month}.csv"}`, `{name: "APP月度数据.csv"}`, `"APP月度数据.csv": names no {month}`},
		{"pattern", "app_month", `{name: "APP月度数据_{month}.csv"}`, `{name: "{month}_{region}.csv"}`, `{region} is not known here`},
		{"pattern of a list", "top_list", `{name: "TOP榜单_{list}_{month}.csv"}`, `{name: "TOP榜单_{month}.csv"}`, "names no {list}"},
		{"running number", "app_month", "columns:", "month_ids: {45261: 2023-12}\n\ncolumns:", "month_ids: 45261 means a month of its own already"},
		{"date system", "app_month", "columns:", "date_system: 1905\n\ncolumns:", "date_system: 1905 is not 1900 or 1904"},
		{"bare", "app_month", "unit: 万小时", "unit: 万小时\n    bare: ratio", "bare is for ratios"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := configs.Load(ownDataset(t, c.table, c.line, c.instead), none)
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "datasets/"+c.table+".yaml:") {
				t.Errorf("got %v\nwant %s", err, c.want)
			}
		})
	}
}

// ownDataset is a folder in which one dataset differs from the shipped one.
func ownDataset(t *testing.T, table, line, instead string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("datasets", table+".yaml"))
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(text), line, instead, 1)
	if changed == string(text) {
		t.Fatalf("%s.yaml has no %q", table, line)
	}
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "datasets"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "datasets", table+".yaml"), []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestOwnDatasets(t *testing.T) {
	dir := ownDataset(t, "app_month", "columns:", "month_ids: {60: 2023-12}\n\ncolumns:")
	c, err := configs.Load(dir, none)
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Datasets["app_month"].MonthIDs[60].String(); got != "2023-12" || len(c.Datasets["profile"].Columns) == 0 {
		t.Errorf("month 60 is %s; profile has %d columns", got, len(c.Datasets["profile"].Columns))
	}
	shipped, err := configs.Load("", none)
	if err != nil {
		t.Fatal(err)
	}
	if c.Hash == shipped.Hash || c.JudgeHash != shipped.JudgeHash {
		t.Error("a contract belongs to the configuration, not to the judgement")
	}
	if err := os.WriteFile(filepath.Join(dir, "datasets", "app_mouth.yaml"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := configs.Load(dir, none); err == nil || !strings.Contains(err.Error(), `datasets/app_mouth.yaml: no table "app_mouth"; did you mean "app_month"?`) {
		t.Errorf("got %v", err)
	}
}

func TestLooseSourcesAreChecked(t *testing.T) {
	const line = `{name: vendor, folder: "${PANELWATCH_INBOX:-inbox}/vendor"}`
	const sound = `{name: vendor, folder: in, loose: {vendor: a, product: b, tier_list_year: 2023, tgi_base: c, definitions_version: "1"}}`
	c, err := configs.Load(own(t, line, sound), none)
	if err != nil || c.Sources[0].Loose.Settle.String() != "2m0s" {
		t.Fatalf("%v, %+v", err, c)
	}
	for _, x := range []struct{ part, instead, want string }{
		{"tgi_base: c", `tgi_base: ""`, "none may be empty"},
		{"tier_list_year: 2023", "tier_list_year: 23", "tier_list_year: 23"},
		{`"1"`, `"1", encoding: gbk`, `encoding: "gbk"`},
		{`"1"`, `"1", panel_size: 5`, "declared together"},
		{"product", "prodcut", `unknown field "prodcut"; did you mean "product"?`},
	} {
		_, err := configs.Load(own(t, line, strings.Replace(sound, x.part, x.instead, 1)), none)
		if err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("got %v, want %s", err, x.want)
		}
	}
}
