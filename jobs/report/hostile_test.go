package report

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"panelwatch/etl/indicator"
	"panelwatch/etl/panel"
	"panelwatch/sql/warehouse"
)

// hostile names as they might stand in a catalogue.
var hostile = []string{
	`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `=HYPERLINK("http://example.org","x")`, `+1+1`, `-2`, `@SUM(A1)`, `</title></svg>`, `]]>&amp;`,
}

// A report of a list in which every name is hostile.
func hostileReport() Report {
	v := view{month: panel.MustMonth("2023-12"), sheet: warehouse.Exhibit{Columns: []string{
		"month_start", "place", "app_name", "region", "mud_devices", "mud_se_devices", "dau_avg_devices", "stickiness_ratio",
		"cagr6_ratio", "cagr6_se_ratio", "previous_place", "place_change", "state", "source", "revision",
	}}}
	for i, name := range hostile {
		v.sheet.Rows = append(v.sheet.Rows, []any{
			v.month.Start(), float64(i + 1), name, name, 1e6 - float64(i), 100.0, nil, nil, 0.01, 0.001, nil, nil, name, "vendor", 1.0,
		})
	}
	b := books{{Source: "vendor", MonthStart: v.month.Start(), Revision: 1, Basis: panel.FromVendor, PublishedAt: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC), Synthetic: hostile[0]}}
	return Report{Month: v.month, Synthetic: b.synthetic(v.month), Published: b.newest(v.month), Sections: []Section{e27.section(v, remarks{}, b)}}
}

func TestHostileNamesOnThePage(t *testing.T) {
	for _, lang := range []string{Both, Chinese, English} {
		data, err := hostileReport().HTML(lang)
		if err != nil {
			t.Fatal(err)
		}
		page := string(data)
		for _, bad := range []string{"<script", "<img", "</title></svg>&amp;"} {
			if strings.Contains(page, bad) {
				t.Errorf("%s: the page has %s", lang, bad)
			}
		}
		if n := strings.Count(page, "&lt;script&gt;alert(1)&lt;/script&gt;"); n < 5 {
			t.Errorf("%s: the name is shown %d times", lang, n)
		}
	}
}

func TestHostileNamesInTheWorkbook(t *testing.T) {
	data, err := hostileReport().XLSX(Both)
	if err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	for i, name := range hostile {
		at := fmt.Sprintf("B%d", i+2)
		got, err := book.GetCellValue("E27", at)
		if err != nil || got != name {
			t.Errorf("%s holds %q, want %q (%v)", at, got, name, err)
		}
		if formula, _ := book.GetCellFormula("E27", at); formula != "" {
			t.Errorf("%s is a formula: %s", at, formula)
		}
		if kind, _ := book.GetCellType("E27", at); kind != excelize.CellTypeSharedString && kind != excelize.CellTypeInlineString {
			t.Errorf("%s is of type %v, want text", at, kind)
		}
	}
}

func TestHostileNamesInTables(t *testing.T) {
	data, err := hostileReport().Sections[0].CSV()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{",'+1+1,", ",'-2,", ",'@SUM(A1),", `"'=HYPERLINK(""http`} {
		if !strings.Contains(string(data), want) {
			t.Errorf("the table lacks %s:\n%s", want, data)
		}
	}
}

// Whatever the names and numbers are: no words leave the picture, and none lie
// over others.
func TestWordsKeepApart(t *testing.T) {
	names := rapid.OneOf(rapid.SampledFrom(hostile), rapid.StringOfN(rapid.RuneFrom([]rune("交管铁路人税abcWM012 ")), 1, 60, -1))
	rapid.Check(t, func(t *rapid.T) {
		for _, width := range []float64{wideWidth, narrowWidth} {
			for name, pic := range drawPictures(t, names) {
				p := &paper{width: width, height: pic.height(width)}
				pic.draw(p)
				for i, b := range p.taken {
					if b.left < -0.5 || b.right > p.width+0.5 || b.top < -0.5 || b.bottom > p.height+0.5 {
						t.Fatalf("%s at %v: words at %+v leave a picture of %v", name, width, b, p.height)
					}
					for _, other := range p.taken[:i] {
						if shrunk(b).meets(shrunk(other)) {
							t.Fatalf("%s at %v: words at %+v and %+v", name, width, b, other)
						}
					}
				}
			}
		}
	})
}

// shrunk leaves out the air around letters.
func shrunk(b box) box { return box{b.left + 1, b.top + 2, b.right - 1, b.bottom - 2} }

// drawPictures makes one picture of each kind; the numbers come from a seed,
// for there are many.
func drawPictures(t *rapid.T, names *rapid.Generator[string]) map[string]picture {
	dice := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
	low := rapid.SampledFrom([]float64{0, -3e8}).Draw(t, "low")
	number := func() float64 {
		if dice.IntN(10) == 0 {
			return math.NaN()
		}
		return low + dice.Float64()*6e8
	}
	g := group{head: same(names.Draw(t, "head"))}
	for range rapid.IntRange(1, 20).Draw(t, "bars") {
		g.bars = append(g.bars, bar{
			name: names.Draw(t, "name"), v: number(), se: dice.Float64() * 1e7, note: rapid.SampledFrom([]string{"", "TGI 123.4"}).Draw(t, "note"),
		})
	}
	var all []series
	months, first := rapid.IntRange(1, 48).Draw(t, "months"), int(panel.MustMonth("2020-01"))
	for range rapid.IntRange(1, 6).Draw(t, "lines") {
		s := series{name: names.Draw(t, "name")}
		for i := range months {
			s.points = append(s.points, point{at: first + i, v: number(), se: math.NaN()})
		}
		all = append(all, s.marked(wan, s.highest(), s.newest(), 0))
	}
	return map[string]picture{
		"bars": bars{kind: wan, groups: []group{g}}, "lines": lines{kind: wan, line: all[0]}, "panels": panels{kind: wan, all: all},
		"overlap": overlap{kind: wan, a: g.bars[0].name, b: names.Draw(t, "b"), onlyA: math.Abs(number()), onlyB: 1e7, both: 1e6},
	}
}

func TestEveryFlagIsExplained(t *testing.T) {
	for _, flag := range []indicator.Flag{
		indicator.LowBase, indicator.NoBase, indicator.TermsDiffer, indicator.TierListDiffers, indicator.BasisChanged, indicator.ShortHistory,
		indicator.Provisional, indicator.AsDelivered, indicator.ArgmaxOpen, indicator.February, indicator.FewMembers, indicator.TGIBaseDiffers,
		indicator.WithinError, indicator.Constant, indicator.Conflict, "months_12",
	} {
		if e := explain(string(flag)); e.Zh == string(flag) || e.Zh == "" || e.En == "" {
			t.Errorf("nothing is said of the flag %s", flag)
		}
	}
}

func TestNumbersAsTheyArePrinted(t *testing.T) {
	for _, c := range []struct {
		got, want string
	}{
		{wan.print(133e6), "13300.0"},
		{growth.print(0.1439876), "+14.4"},
		{growth.print(-0.0004), "0.0"},
		{growth.print(-0.041), "−4.1"},
		{share.print(0.1305), "13.1"},
		{share.with(0.13).Zh, "13.0%"},
		{points.with(5).En, "+5.0 pp"},
		{yi.interval(133e6, 204601), "1.326\u00a0– 1.334"},
		{wan.interval(math.NaN(), 1), ""},
		{wan.interval(1, math.NaN()), ""},
		{wan.around(1e6, math.NaN()).Zh, "100.0万台（误差未知）"},
		{whole.print(3), "3"},
	} {
		if c.got != c.want {
			t.Errorf("printed %q, want %q", c.got, c.want)
		}
	}
}
