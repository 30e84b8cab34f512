package extract_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"panelwatch/etl/extract"
)

// A grid is what stands in a sheet, row by row from A1; nil leaves a cell out.
type grid [][]any

func (g grid) on(t *testing.T, f *excelize.File, sheet string) {
	t.Helper()
	for i, row := range g {
		for j, v := range row {
			if v != nil {
				set(t, f, sheet, at(j, i), v)
			}
		}
	}
}

// formula is a formula without stored result.
func formula(t *testing.T, f *excelize.File, cell, text string) {
	t.Helper()
	if err := f.SetCellFormula("Sheet1", cell, text); err != nil {
		t.Fatal(err)
	}
}

func merge(t *testing.T, f *excelize.File, from, to string) {
	t.Helper()
	if err := f.MergeCell("Sheet1", from, to); err != nil {
		t.Fatal(err)
	}
}

func style(t *testing.T, f *excelize.File, cell, code string) {
	t.Helper()
	id := must(f.NewStyle(&excelize.Style{CustomNumFmt: &code}))
	if err := f.SetCellStyle("Sheet1", cell, cell, id); err != nil {
		t.Fatal(err)
	}
}

var december = grid{
	{"应用名称", "月份", "月独立设备数(万台)"},
	{"闽政通", "2023年12月", 1796.8},
}

// TestWorkbooks reads workbooks as people make them.
func TestWorkbooks(t *testing.T) {
	for _, c := range []struct {
		name  string
		table string
		sheet string
		do    func(t *testing.T, f *excelize.File)
		want  string
	}{
		{"plain", "app_month", "", func(t *testing.T, f *excelize.File) { december.on(t, f, "Sheet1") }, "2: devices minzhengtong 17968000"},
		{"titles, a header merged over two rows, a spacer, totals and source", "app_month", "", func(t *testing.T, f *excelize.File) {
			grid{
				{"APP月度数据"},
				{},
				{"应用名称", "月份", nil, "2023年12月", nil},
				{nil, nil, nil, "月独立设备数（万台）", "日均独立设备数(万台)"},
				{"闽政通", 202312, nil, 1796.8, "239.6"},
				{"浙里办", "2023-12", nil, "808.8", 71.8},
				{},
				{" 合 计", nil, nil, 2605.6, 311.4},
				{"来源：测试"},
			}.on(t, f, "Sheet1")
			merge(t, f, "A1", "E1")
			merge(t, f, "D3", "E3")
			merge(t, f, "A3", "A4")
			formula(t, f, "D8", "SUM(D5:D6)")
		}, `
5: devices minzhengtong 17968000
5: dau_avg minzhengtong 2396000
6: devices zheliban 8088000
6: dau_avg zheliban 718000
read 4, loaded 2, rejected 0, ignored 2`},
		{"a list under a merged month", "top_list", "", func(t *testing.T, f *excelize.File) {
			grid{
				{"序号", "APP名称", "所属地区", "2023年12月", nil, nil},
				{nil, nil, nil, "月总独立设备数(万台)", "日均独立设备数(万台)", "近6个月复合增长率(%)"},
				{1, "闽政通", "福建", 1796.8, 239.6, -0.016},
			}.on(t, f, "Sheet1")
			style(t, f, "F3", "0.0%")
			merge(t, f, "D1", "F1")
		}, `
3: position minzhengtong 1
3: devices minzhengtong 17968000
3: dau_avg minzhengtong 2396000
3: cagr6 minzhengtong -0.016`},
		{"wide, months as dates under a merged measure", "app_month", "", func(t *testing.T, f *excelize.File) {
			grid{
				{"应用名称", "月独立设备数(万台)", nil, nil},
				{nil, time.Date(2023, 11, 1, 0, 0, 0, 0, time.UTC), time.Date(2023, 12, 1, 0, 0, 0, 0, time.UTC), "2024年1月"},
				{"闽政通", 1700, 1796.8, "?"},
				{"浙里办", 800, nil, 9},
			}.on(t, f, "Sheet1")
			merge(t, f, "B1", "D1")
		}, `
3: devices minzhengtong 17968000
other month 2023-11 月独立设备数(万台)
other month 2024-01 月独立设备数(万台)
read 2, loaded 2, rejected 0, ignored 0`},
		{"wide, two measures a month", "top_list", "", func(t *testing.T, f *excelize.File) {
			grid{
				{"序号", "APP名称", "2023年11月", nil, "2023年12月", nil},
				{nil, nil, "月独立设备数", "日均独立设备数", "月独立设备数", "日均独立设备数"},
				{1, "闽政通", 1700, 200, 1796.8, 239.6},
			}.on(t, f, "Sheet1")
		}, `
3: position minzhengtong 1
3: devices minzhengtong 17968000
3: dau_avg minzhengtong 2396000
other month 2023-11 月独立设备数
other month 2023-11 日均独立设备数`},
		{"wide, in one row below its title", "app_month", "", func(t *testing.T, f *excelize.File) {
			grid{{"月独立设备数（万台）"}, {"应用名称", 202311, "202312"}, {"闽政通", 1700, 1796.8}}.on(t, f, "Sheet1")
		}, "3: devices minzhengtong 17968000\nother month 2023-11 月独立设备数(万台)"},
		{"wide, without the month", "app_month", "", func(t *testing.T, f *excelize.File) {
			grid{{"应用名称", "月独立设备数"}, {nil, "2023年10月", "2023年11月"}, {"闽政通", 1, 2}}.on(t, f, "Sheet1")
		}, "error x.xlsx: line 2: column 2023年10月月独立设备数: is one of 2 months of devices, none of them 2023-12 as manifest.json says"},
		{"wide, a month twice", "app_month", "", func(t *testing.T, f *excelize.File) {
			grid{{"应用名称", "2023年11月月独立设备数", "2023年11月独立设备数", "2023年12月月独立设备数"}, {"闽政通", 1, 2, 3}}.on(t, f, "Sheet1")
		}, "error x.xlsx: cell C1: column 2023年11月独立设备数: is devices of 2023-11, as is column 2; ask which of them holds"},
		{"months of nothing", "app_month", "", func(t *testing.T, f *excelize.File) {
			grid{{"应用名称", "2023年11月", "2023年12月"}, {"闽政通", 1, 2}}.on(t, f, "Sheet1")
		}, "error x.xlsx: cell B1: column 2023年11月: is a month that says not of what; put the measure above it, as in 月独立设备数(万台)"},
		{"hidden sheets are not looked at", "app_month", "", func(t *testing.T, f *excelize.File) {
			grid{{"说明", "第一行"}, {"口径", "月独立设备"}}.on(t, f, "Sheet1")
			for _, name := range []string{"数据", "旧", "很旧"} {
				must(f.NewSheet(name))
				december.on(t, f, name)
			}
			_ = f.SetSheetVisible("旧", false)
			_ = f.SetSheetVisible("很旧", false, true)
		}, "2: devices minzhengtong 17968000"},
		{"names merged over several rows, a number too", "profile", "", func(t *testing.T, f *excelize.File) {
			grid{
				{"应用名称", "月份", "维度", "选项", "占比(%)", "TGI"},
				{"个人所得税", "2023-12", "性别", "男", 60.1, 112},
				{nil, nil, nil, "女", 39.9},
				{"铁路12306", "2023-12", "性别", "女", 45},
			}.on(t, f, "Sheet1")
			for _, column := range []string{"A", "B", "C", "F"} {
				merge(t, f, column+"2", column+"3")
			}
		}, `
2: share geshui 0.601
2: tgi geshui 112
3: share geshui 0.399
4: share tielu12306 0.45
read 3, loaded 3, rejected 0, ignored 0`},
		{"a month is over the cells it is merged with and no others", "top_list", "", func(t *testing.T, f *excelize.File) {
			grid{
				{"序号", "APP名称", "2023年12月", "2023年11月", nil},
				{nil, nil, "月独立设备数", "月独立设备数", "日均独立设备数"},
				{1, "闽政通", 1796.8, 1700, 239.6},
			}.on(t, f, "Sheet1")
			merge(t, f, "A1", "A2")
			merge(t, f, "B1", "B2")
		}, `
3: position minzhengtong 1
3: devices minzhengtong 17968000
3: dau_avg minzhengtong 2396000
other month 2023-11 月独立设备数`},
		{"two sheets with the header", "app_month", "", func(t *testing.T, f *excelize.File) {
			december.on(t, f, "Sheet1")
			must(f.NewSheet("旧"))
			december.on(t, f, "旧")
		}, `error x.xlsx: the sheets "Sheet1" and "旧" both have the header of app_month; name one of them as sheet of the file in manifest.json`},
		{"a sheet by name, though hidden", "app_month", "数据", func(t *testing.T, f *excelize.File) {
			december.on(t, f, "Sheet1")
			must(f.NewSheet("数据"))
			grid{december[0], {"浙里办", "202312", 5}}.on(t, f, "数据")
			_ = f.SetSheetVisible("数据", false)
		}, "2: devices zheliban 50000"},
		{"no sheet of the name", "app_month", "数据表", func(t *testing.T, f *excelize.File) {
			december.on(t, f, "Sheet1")
			must(f.NewSheet("数据"))
		}, `error x.xlsx: has no sheet "数据表", which manifest.json names; it has Sheet1, 数据; did you mean "数据"?`},
		{"unknown column", "app_month", "", func(t *testing.T, f *excelize.File) {
			grid{{"数据"}, {"应用名称", "月份", "月独立设备", "备"}, {"闽政通", "2023-12", 1, 2}}.on(t, f, "Sheet1")
		}, `error x.xlsx: cell C2: column 月独立设备: is not in the contract of app_month, which has 应用名称, 一级分类, 二级分类, 月份, 月独立设备数, 环比增幅, 日均独立设备数, 月度总有效时长, 月总使用次数, 单机单日使用次数, 单机单日有效时间; did you mean "月独立设备数"?`},
		{"a title of another month", "app_month", "", func(t *testing.T, f *excelize.File) {
			grid{{time.Date(2023, 11, 1, 0, 0, 0, 0, time.UTC)}, december[0], december[1]}.on(t, f, "Sheet1")
		}, "error x.xlsx: line 1: names 2023年11月, but manifest.json says 2023-12"},
		{"cells at fault", "app_month", "", func(t *testing.T, f *excelize.File) {
			grid{
				{"应用名称", "月份", nil, "月独立设备数(万台)", "环比增幅(%)"},
				{"闽政通", "2023-12", nil, nil, 0.144},
				{"浙里办", "2023-11", nil, 5, 1},
				{"北京交警", "2023-12", nil, true, 1},
				{"我的南京", "2023-12", nil, "1.2.3", 1},
				{"云岭先锋", "2023-12", "x", 7, 1},
				{"天津政务", "2023-12", nil, 9007199254740993.0, 1},
			}.on(t, f, "Sheet1")
			formula(t, f, "D2", "D3*2")
		}, `
reject 2 D2 formula 月独立设备数(万台) ""
reject 3 B3 other_month 月份 "2023-11"
reject 4 D4 not_a_number 月独立设备数(万台) "TRUE"
reject 5 D5 not_a_number 月独立设备数(万台) "1.2.3"
reject 6  fields  "云岭先锋,2023-12,x,7,1"
7: devices tianjinzhengwu 90071992547409900000
7: mom tianjinzhengwu 0.01
read 6, loaded 1, rejected 5, ignored 0`},
		{"days counted from 1904", "app_month", "", func(t *testing.T, f *excelize.File) {
			yes := true
			if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}); err != nil {
				t.Fatal(err)
			}
			grid{december[0], {"闽政通", 45261 - 1462, 1}, {"浙里办", 45261 - 1462, 2}}.on(t, f, "Sheet1")
			style(t, f, "B2", `yyyy"年"m"月"`)
		}, `
2: devices minzhengtong 10000
3: devices zheliban 20000
read 2, loaded 2, rejected 0, ignored 0`},
		{"serial numbers without a format, texts in pieces", "app_month", "", func(t *testing.T, f *excelize.File) {
			grid{december[0], {nil, 45261, 0.1 + 0.2}}.on(t, f, "Sheet1")
			if err := f.SetCellRichText("Sheet1", "A2", []excelize.RichTextRun{{Text: "闽政"}, {Text: "通", Font: &excelize.Font{Bold: true}}}); err != nil {
				t.Fatal(err)
			}
		}, "2: devices minzhengtong 3000"},
		{"a formula in the header", "app_month", "", func(t *testing.T, f *excelize.File) {
			grid{{"应用名称", nil, "月独立设备数(万台)"}, december[1]}.on(t, f, "Sheet1")
			formula(t, f, "B1", `"月"&"份"`)
		}, "error x.xlsx: cell B1: is a formula without stored result; calculate and save the workbook, or put values in place of formulas"},
		{"nothing in it", "app_month", "", func(*testing.T, *excelize.File) {}, "error x.xlsx: has no header row: none of the first rows has text in two cells"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := readWorkbook(t, c.table, c.sheet, workbook(t, func(f *excelize.File) { c.do(t, f) }))
			want := strings.TrimSpace(c.want)
			if !strings.Contains(want, "read ") {
				got, _, _ = strings.Cut(got, "\nread")
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("want -, got +:\n%s", diff)
			}
		})
	}
}

// readWorkbook reads a workbook as the only file of a delivery, whatever
// number of rows the manifest had to announce.
func readWorkbook(t *testing.T, table, sheet string, content []byte) string {
	t.Helper()
	m := soundManifest(extract.Aggregate)
	m.Files = []extract.File{{Name: "x.xlsx", Table: table, Sheet: sheet, List: "地方政务", Rows: 1}}
	for {
		dir := t.TempDir()
		if err := extract.WriteDelivery(dir, m, [][]byte{content}); err != nil {
			t.Fatal(err)
		}
		got, err := extract.ReadAggregate(t.Context(), extract.Delivery{Dir: dir, Manifest: m}, shipped, extract.Options{Contracts: datasets})
		var has, says int
		if err != nil {
			if _, scan := fmt.Sscanf(err.Error(), "x.xlsx: has %d rows, manifest.json says %d:", &has, &says); scan != nil {
				return strings.TrimSpace(describeError(t, err))
			}
			m.Files[0].Rows = has
			continue
		}
		return describeCells(got)
	}
}

func describeCells(got extract.Figures) string {
	var b strings.Builder
	for _, r := range got.Rejects {
		fmt.Fprintf(&b, "reject %d %s %s %s %q\n", r.Line, r.Cell, r.Rule, r.Column, r.Raw)
	}
	for _, v := range got.Values {
		fmt.Fprintf(&b, "%d: %s %s %s\n", v.Line, v.Measure, v.App, strconv.FormatFloat(v.Value, 'f', -1, 64))
	}
	for _, o := range got.OtherMonths {
		fmt.Fprintf(&b, "other month %s %s\n", o.Month, o.Column)
	}
	l := got.Ledgers[0]
	fmt.Fprintf(&b, "read %d, loaded %d, rejected %d, ignored %d", l.Read, l.Loaded, l.Rejected, l.Ignored)
	return b.String()
}
