package panel_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"panelwatch/etl/panel"
)

// Vectors computed by MariaDB: 1 + CRC32(id) % 80.
func TestGroupIsTheOneThatSQLComputes(t *testing.T) {
	for id, want := range map[string]int{"": 1, "123456789": 23, "a": 68, "0000000000000001": 19, "设备一": 8} {
		if got := panel.Group(id); got != want {
			t.Errorf("group of %q: got %d, want %d", id, got, want)
		}
	}
}

func TestMonthArithmetic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := panel.Month(rapid.IntRange(1900*12, 2200*12).Draw(t, "month"))
		back, err := panel.ParseMonth(m.String())
		if err != nil || back != m {
			t.Fatalf("%s read back as %s: %v", m, back, err)
		}
		if d := m.Days(); d < 28 || d > 31 || panel.MonthIn(m.Start().AddDate(0, 0, d)) != m+1 {
			t.Fatalf("%s has %d days", m, d)
		}
		if (m+12).Year() != m.Year()+1 || (m+12).OfYear() != m.OfYear() {
			t.Fatalf("a year after %s is %s", m, m+12)
		}
	})
}

func TestMonthRefusesOtherSpellings(t *testing.T) {
	for _, s := range []string{"", "2023", "2023-13", "2023-1", "202312", "2023-12-01", "Dec-23"} {
		if m, err := panel.ParseMonth(s); err == nil {
			t.Errorf("%q was read as %s", s, m)
		}
	}
}

// 80 replicates that are each off by d: se = sqrt(79/80 * 80 d^2).
func TestStandardError(t *testing.T) {
	e := panel.Constant(100)
	if got := e.StandardError(); got != 0 {
		t.Errorf("a control total: got %v, want 0", got)
	}
	for g := 1; g <= panel.Groups; g++ {
		e[g] += 0.5
	}
	if got, want := e.StandardError(), math.Sqrt(79)*0.5; math.Abs(got-want) > 1e-12 {
		t.Errorf("got %v, want %v", got, want)
	}
}

func catalogue() *panel.Catalogue {
	return &panel.Catalogue{
		Apps: []panel.App{
			{ID: "tianjinrenshe", Name: "天津人力社保", Aliases: []string{"天津人社保"}},
			{ID: "geshui", Name: "个人所得税"},
		},
		Lists:         []panel.ListOf{{Name: "L", Size: 1, Apps: []panel.AppID{"geshui"}}},
		Dimensions:    map[string][]string{"province": {"内蒙古"}},
		MemberAliases: map[string]map[string]string{"province": {"内蒙": "内蒙古"}},
	}
}

func TestCatalogueLooksUpNamesAndMembers(t *testing.T) {
	c := catalogue()
	if err := c.Index(); err != nil {
		t.Fatal(err)
	}
	if id, ok := c.Named("天津人社保", panel.MustMonth("2023-12")); !ok || id != "tianjinrenshe" {
		t.Errorf("天津人社保: got %q %v", id, ok)
	}
	for delivered, want := range map[string]string{"内蒙": "内蒙古", "内蒙古": "内蒙古", "": panel.Unknown} {
		if s, ok := c.Member("province", delivered); !ok || s.Member != want {
			t.Errorf("member %q: got %q %v, want %q", delivered, s.Member, ok, want)
		}
	}
	if _, ok := c.Member("province", "火星"); ok {
		t.Error("火星 is taken for a province")
	}
}

// A name that went from one app to another means the one that had it.
func TestNamesAreGoodForAWhile(t *testing.T) {
	c := catalogue()
	c.Apps[0].Renames = []panel.Tenure{{Name: "津社保", To: panel.MustMonth("2021-06")}}
	c.Apps[1].Renames = []panel.Tenure{{Name: "津社保", From: panel.MustMonth("2022-01"), To: panel.MustMonth("2022-12")}}
	if err := c.Index(); err != nil {
		t.Fatal(err)
	}
	for month, want := range map[string]panel.AppID{
		"2010-01": "tianjinrenshe", "2021-06": "tianjinrenshe", "2021-07": "", "2021-12": "",
		"2022-01": "geshui", "2022-12": "geshui", "2023-01": "",
	} {
		if got, ok := c.Named("津社保", panel.MustMonth(month)); got != want || ok != (want != "") {
			t.Errorf("%s: got %q %v, want %q", month, got, ok, want)
		}
	}
	if n := c.Namings(); len(n) != 5 || n[3].Name != "津社保" || n[3].App != "tianjinrenshe" || n[4].App != "geshui" {
		t.Errorf("got %v", n)
	}
}

func TestCatalogueRefusesContradictions(t *testing.T) {
	for name, spoil := range map[string]func(*panel.Catalogue){
		"id twice":        func(c *panel.Catalogue) { c.Apps[1].ID = "tianjinrenshe" },
		"reserved id":     func(c *panel.Catalogue) { c.Apps[1].ID = panel.AllNetwork },
		"name of another": func(c *panel.Catalogue) { c.Apps[1].Name = "天津人社保" },
		"unknown member":  func(c *panel.Catalogue) { c.Lists[0].Apps[0] = "nobody" },
		"rename of another": func(c *panel.Catalogue) {
			c.Apps[1].Renames = []panel.Tenure{{Name: "天津人社保", To: panel.MustMonth("2020-01")}}
		},
		"ends before it begins": func(c *panel.Catalogue) {
			c.Apps[1].Renames = []panel.Tenure{{Name: "旧名", From: panel.MustMonth("2021-01"), To: panel.MustMonth("2020-01")}}
		},
		"name of two apps in one month": func(c *panel.Catalogue) {
			c.Apps[0].Renames = []panel.Tenure{{Name: "旧名", To: panel.MustMonth("2021-01")}}
			c.Apps[1].Renames = []panel.Tenure{{Name: "旧名", From: panel.MustMonth("2021-01")}}
		},
		"app without name": func(c *panel.Catalogue) { c.Apps[1].Name = "" },
	} {
		c := catalogue()
		spoil(c)
		if c.Index() == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
