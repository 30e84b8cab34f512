package extract

import (
	"math/big"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
	"pgregory.net/rapid"

	"panelwatch/etl/panel"
)

func TestMonthsOfOtherSystems(t *testing.T) {
	ids := map[int]panel.Month{59: panel.MustMonth("2023-11"), 60: december}
	for _, c := range []struct {
		name, cell string
		reader     monthReader
		want       string // "" for none
	}{
		{"running number", "60", monthReader{ids: ids}, "2023-12"},
		{"running number without a mapping", "61", monthReader{ids: ids}, ""},
		{"running numbers leave the others alone", "202312", monthReader{ids: ids}, "2023-12"},
		{"1900", "45261", monthReader{}, "2023-12"},
		{"1900, last day", "45291", monthReader{}, "2023-12"},
		{"1900, next day", "45292", monthReader{}, "2024-01"},
		{"1904", "43799", monthReader{date1904: true}, "2023-12"},
		{"1904, last day", "43829", monthReader{date1904: true}, "2023-12"},
		{"first serial", "36526", monthReader{}, "2000-01"},
		{"before the first", "36525", monthReader{}, ""},
		{"last serial", "73050", monthReader{}, "2099-12"},
		{"after the last", "73051", monthReader{}, ""},
		{"the day that never was", "60", monthReader{}, ""},
		{"time of day", "2023-12-01 00:00:00", monthReader{}, "2023-12"},
		{"noon is no month", "2023-12-01 12:00:00", monthReader{}, ""},
		{"no such day", "2023-02-30", monthReader{}, ""},
		{"leap day", "20240229", monthReader{}, "2024-02"},
	} {
		got, ok := c.reader.parse(c.cell)
		if ok != (c.want != "") || ok && got != panel.MustMonth(c.want) {
			t.Errorf("%s: %q: got %s %v, want %q", c.name, c.cell, got, ok, c.want)
		}
	}
}

func TestDays(t *testing.T) {
	for cell, want := range map[string]string{
		"2023-12-01": "2023-12-01", "20231231": "2023-12-31", "2023/12/1": "2023-12-01", "2023.12.1": "2023-12-01",
		"2023年12月1日": "2023-12-01", "２０２３－１２－０１": "2023-12-01", "45261": "2023-12-01", "'2023-12-01 ": "2023-12-01",
		"2023-12-01 00:00:00": "2023-12-01",
		"2023-12":             "", "2023-12-32": "", "2023-02-29": "", "": "", "1": "", "2023-12-01 08:00:00": "",
	} {
		got, ok := parseDay(cell, false)
		if ok != (want != "") || ok && got.Format(time.DateOnly) != want {
			t.Errorf("%q: got %v %v, want %q", cell, got, ok, want)
		}
	}
	if got, _ := parseDay("43799", true); got.Format(time.DateOnly) != "2023-12-01" {
		t.Errorf("1904: got %v", got)
	}
}

// ratioColumn is a column of ratios in percent.
func ratioColumn(t *testing.T, header string, bare Bare) column {
	t.Helper()
	c := Contract{Table: TableAppMonth, Columns: []Column{{Name: "mom", Zh: []string{"环比增幅"}, Type: TypeRatio, Unit: "%", Bare: bare}}}
	got, known, err := parseColumn(c, december, header)
	if err != nil || !known {
		t.Fatalf("%s: known %v, %v", header, known, err)
	}
	return got
}

// What a number without a sign means is agreed, not guessed.
func TestRatiosWithAndWithoutSign(t *testing.T) {
	for _, c := range []struct {
		header string
		bare   Bare
		cell   string
		want   float64
	}{
		{"环比增幅(%)", InUnit, "-1.6%", -0.016},
		{"环比增幅(%)", InUnit, "-1.6", -0.016},
		{"环比增幅(%)", InUnit, "-0.016", -0.00016},
		{"环比增幅", InUnit, "−1.6", -0.016},
		{"环比增幅(1)", InUnit, "-0.016", -0.016},
		{"环比增幅(‰)", InUnit, "-16", -0.016},
		{"环比增幅(%)", AsRatio, "-0.016", -0.016},
		{"环比增幅(%)", AsRatio, "-1.6%", -0.016},
		{"环比增幅", AsRatio, "-0.016", -0.016},
	} {
		n, ok, err := parseNumber(c.cell)
		if err != nil || !ok {
			t.Fatalf("%q: %v", c.cell, err)
		}
		got, err := n.in(TypeRatio, ratioColumn(t, c.header, c.bare).factor)
		if err != nil || got != c.want {
			t.Errorf("%s bare %s, %q: got %v %v, want %v", c.header, c.bare, c.cell, got, err, c.want)
		}
	}
}

func TestLimitsAreInTheColumnsUnit(t *testing.T) {
	low, high := -100.0, 0.7
	c := Column{Type: TypeRatio, Unit: "%", Min: &low, Max: &high}
	n, _, _ := parseNumber("0.7%")
	v, _ := n.in(TypeRatio, whole(1))
	if c.least() != -1 || c.most() != v {
		t.Errorf("got %v to %v, want -1 to %v", c.least(), c.most(), v)
	}
	if got := c.limit(c.Max); got != "0.7 %" {
		t.Errorf("got %q", got)
	}
}

// format writes a number as it could have been delivered.
func (n number) format() string {
	places := 0
	for d := new(big.Int).Set(n.digits.Denom()); d.Cmp(big.NewInt(1)) > 0; places++ {
		d.Div(d, big.NewInt(2)) // a decimal's denominator is 2^a 5^b: max(a, b) places are enough
	}
	return n.digits.FloatString(places) + n.unit
}

func TestWrittenNumbersComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		exact := new(big.Rat).SetFrac64(rapid.Int64Range(-1e12, 1e12).Draw(t, "digits"), int64(1e6))
		unit := rapid.SampledFrom([]string{"", "万", "亿", "%", "万台"}).Draw(t, "unit")
		want := number{exact, unit}
		got, ok, err := parseNumber(want.format())
		if err != nil || !ok || got.digits.Cmp(exact) != 0 || got.unit != unit {
			t.Fatalf("%s: got %+v %v %v", want.format(), got, ok, err)
		}
	})
}

func FuzzParseMonth(f *testing.F) {
	for _, seed := range []string{"2023年12月", "202312", "2023-12", "2023/12/1", "2023.12", "Dec-23", "45261", "60", "２０２３年１２月"} {
		f.Add(seed, false)
	}
	f.Fuzz(func(t *testing.T, cell string, date1904 bool) {
		r := monthReader{date1904: date1904, ids: map[int]panel.Month{60: december}}
		m, ok := r.parse(cell)
		if !ok {
			return
		}
		for _, written := range []string{m.String(), strings.Replace(m.String(), "-", "年", 1) + "月", strings.Replace(m.String(), "-", "/", 1) + "/1"} {
			if again, ok := r.parse(written); !ok || again != m {
				t.Fatalf("%q is %s; %q comes back as %s %v", cell, m, written, again, ok)
			}
		}
	})
}

func FuzzParseDay(f *testing.F) {
	for _, seed := range []string{"2023-12-01", "20231201", "2023/12/1", "2023年12月1日", "45261"} {
		f.Add(seed, true)
	}
	f.Fuzz(func(t *testing.T, cell string, date1904 bool) {
		day, ok := parseDay(cell, date1904)
		if !ok {
			return
		}
		if again, ok := parseDay(day.Format(time.DateOnly), date1904); !ok || !again.Equal(day) {
			t.Fatalf("%q is %v, comes back as %v %v", cell, day, again, ok)
		}
	})
}

// shippedCatalogue is that of configs.
func shippedCatalogue(t testing.TB) *panel.Catalogue {
	t.Helper()
	text, err := os.ReadFile("../../configs/apps.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var c panel.Catalogue
	if err := yaml.Unmarshal(text, &c); err != nil {
		t.Fatal(err)
	}
	if err := c.Index(); err != nil {
		t.Fatal(err)
	}
	return &c
}

func TestMembersAsPeopleWriteThem(t *testing.T) {
	cat := shippedCatalogue(t)
	for _, c := range []struct{ dimension, cell, want string }{
		{panel.Province, "内蒙", "内蒙古"},
		{panel.Province, "内蒙古", "内蒙古"},
		{panel.Province, "内蒙古自治区", "内蒙古"},
		{panel.Province, "广东省", "广东"},
		{panel.Province, "新疆维吾尔自治区", "新疆"},
		{panel.Province, "北 京", "北京"},
		{panel.Province, "", panel.Unknown},
		{panel.AgeBand, "２５－３５岁", "25-35岁"},
		{panel.CityTier, "新一线", "新一线城市"},
		{panel.City, "深圳市", "深圳"},
	} {
		if s, ok := memberOf(cat, c.dimension, c.cell); !ok || s.Member != c.want {
			t.Errorf("%s %q: got %q %v, want %q", c.dimension, c.cell, s.Member, ok, c.want)
		}
	}
	if s, ok := memberOf(cat, panel.Province, "外蒙古"); ok {
		t.Errorf("外蒙古: got %v", s)
	}
}

func FuzzMember(f *testing.F) {
	cat := shippedCatalogue(f)
	for _, seed := range []string{"内蒙", "内蒙古自治区", "２５－３５岁", "新一线", "白领;学生", ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		for dimension := range cat.Dimensions {
			s, ok := memberOf(cat, dimension, cell)
			if !ok {
				continue
			}
			if again, ok := memberOf(cat, dimension, s.Member); !ok || again != s {
				t.Fatalf("%s %q is %v, comes back as %v %v", dimension, cell, s, again, ok)
			}
		}
	})
}

func FuzzHeaderCell(f *testing.F) {
	for _, seed := range []string{"2023年12月月总独立设备数(万台)", "近6个月复合增长率（％）", "23点(%)", "A∩B(台)", "月总独立设备(万台)", strconv.Itoa(1 << 30)} {
		f.Add(seed)
	}
	var contracts []Contract
	for _, table := range TableNames() {
		contracts = append(contracts, plain(table))
	}
	f.Fuzz(func(t *testing.T, cell string) {
		for _, c := range contracts {
			got, known, err := parseColumn(c, december, cell)
			if err != nil || !known || got.name == "" {
				continue
			}
			if got.name == hourColumn {
				continue // its name alone names no hour
			}
			again, known, err := parseColumn(c, december, got.name)
			if err != nil || !known || again.name != got.name {
				t.Fatalf("%s %q is %s, comes back as %s %v %v", c.Table, cell, got.name, again.name, known, err)
			}
		}
	})
}

// A name made of a pattern is read as what it was made of.
func FuzzPattern(f *testing.F) {
	f.Add("TOP榜单_{list}_{month}.csv", "地方政务", 24287)
	f.Add("{app}_{dimension}_{month}.csv", "云闪付", 24287)
	f.Fuzz(func(t *testing.T, pattern, word string, month int) {
		p := FilePattern{Name: pattern}
		if p.check(TableProfile) != "" || strings.ContainsAny(word, "_/") || word == "" || strings.ContainsRune(word, '\n') {
			return
		}
		m := panel.Month(24000 + month%1000) // 2000 to 2083
		if month < 0 {
			return
		}
		name := strings.NewReplacer("{month}", m.String(), "{app}", word, "{list}", word, "{dimension}", word).Replace(pattern)
		got, read, ok := p.match(name)
		if !ok {
			return // what stands beside a mark may look like part of it
		}
		if again := strings.NewReplacer("{month}", read.String(), "{app}", got.App, "{list}", got.List, "{dimension}", got.Dimension).Replace(pattern); read == m && again != name {
			t.Fatalf("%q of %q is read as %+v %s, which is %q", name, pattern, got, read, again)
		}
	})
}
